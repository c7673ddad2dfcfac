package org.ehashpool.sv2.codec;

/** A message of ours holds a value that the wire cannot: a bug of the caller. */
public final class InvalidMessageException extends IllegalArgumentException {
    private final String messageName;
    private final String fieldPath;

    InvalidMessageException(String messageName, String fieldPath, String reason) {
        super(messageName + (fieldPath.isEmpty() ? "" : " " + fieldPath) + ": " + reason);
        this.messageName = messageName;
        this.fieldPath = fieldPath;
    }

    /** The message's name in the specification. */
    public String messageName() {
        return messageName;
    }

    /** The field, for instance {@code merkle_path[3]}; empty if it is the message as a whole. */
    public String fieldPath() {
        return fieldPath;
    }
}
