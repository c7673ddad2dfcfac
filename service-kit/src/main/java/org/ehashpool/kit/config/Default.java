package org.ehashpool.kit.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a key that no source gives. A scalar is written as in an environment variable ({@code "10s"}); a list, a
 * map or a nested record as a TOML value ({@code "[]"}, {@code "{ listen = '127.0.0.1:9108' }"}), which for a record
 * stands over the defaults of its own components.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    String value();
}
