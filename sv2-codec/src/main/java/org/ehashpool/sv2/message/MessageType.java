package org.ehashpool.sv2.message;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the frame header says of a message (section 3.2). */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface MessageType {
    /** The 8-bit {@code msg_type}. */
    int value();

    /** The specification's name where it is not the record's simple name. */
    String name() default "";

    /** Whether the {@code channel_msg} bit is set: the message then begins with its channel_id. */
    boolean channel() default false;

    /** The 15-bit {@code extension_type}: 0 for the core specification. */
    int extension() default 0;
}
