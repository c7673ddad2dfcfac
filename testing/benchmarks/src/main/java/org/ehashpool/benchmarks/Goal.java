package org.ehashpool.benchmarks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the project demands of a benchmark. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Goal {
    /** At most so many times the limit's time; 0 if that is not demanded. */
    double timesLimit() default 0;

    /** At least so many operations in a second on one core; 0 if that is not demanded. */
    double perSecond() default 0;

    /** As {@link #perSecond}, but a wish. */
    double wantedPerSecond() default 0;

    /** Only with these parameter values, for instance {@code curve=native}; always if empty. */
    String when() default "";
}
