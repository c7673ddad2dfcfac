package org.ehashpool.sv2.codec;

/**
 * A field that cannot be read or written. It gathers the field's path on its way out, and ends at {@link MessageCodec},
 * which knows the message. Stackless.
 */
@SuppressWarnings("serial")
final class FieldException extends RuntimeException {
    private final int offset;
    private final String reason;
    private String path = "";

    FieldException(int offset, String reason) {
        super(reason, null, false, false);
        this.offset = offset;
        this.reason = reason;
    }

    FieldException(String field, int offset, String reason) {
        this(offset, reason);
        path = field;
    }

    /** Puts the field's name before the path. */
    FieldException within(String field) {
        path = path.isEmpty() || path.startsWith("[") ? field + path : field + "." + path;
        return this;
    }

    /** Puts an index before the path. */
    FieldException within(int index) {
        return within("[" + index + "]");
    }

    int offset() {
        return offset;
    }

    String reason() {
        return reason;
    }

    String path() {
        return path;
    }
}
