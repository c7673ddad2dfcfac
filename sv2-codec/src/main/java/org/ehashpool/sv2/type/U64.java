package org.ehashpool.sv2.type;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * U64 on {@code long}: an unsigned 64-bit integer, little-endian on the wire: all 64 bits of the {@code long}
 * count, so compare and print it with {@link Long#compareUnsigned} and {@link Long#toUnsignedString}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface U64 {}
