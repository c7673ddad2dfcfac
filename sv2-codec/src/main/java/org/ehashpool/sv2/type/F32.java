package org.ehashpool.sv2.type;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * F32 on {@code float}: an IEEE 754 single, little-endian on the wire. Every F32 of the protocol is a hash rate in
 * hashes per second: NaN, infinities and negative numbers are malformed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface F32 {}
