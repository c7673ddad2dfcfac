package org.ehashpool.benchmarks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The benchmark of the raw operation: nothing built on it can be faster. It runs with the same parameters, as far as it
 * has them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Limit {
    /** Its name as the table has it, for instance {@code jdkAead.encrypt}. */
    String value();
}
