package org.ehashpool.benchmarks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the reference implementation publishes for the same operation, on its authors' machine. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Published.Figures.class)
@interface Published {
    /** The figure with its unit, for instance {@code 5.2 µs}. */
    String value();

    /** Only with these parameter values, for instance {@code size=64}; always if empty. */
    String when() default "";

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Figures {
        /** Each for other parameter values. */
        Published[] value();
    }
}
