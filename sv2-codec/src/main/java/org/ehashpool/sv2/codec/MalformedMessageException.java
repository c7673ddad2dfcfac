package org.ehashpool.sv2.codec;

/** Bytes that are not the message they claim to be, or too many of them. */
public final class MalformedMessageException extends ProtocolViolationException {
    private final String messageName;
    private final String fieldPath;
    private final int offset;
    private final String reason;

    MalformedMessageException(String messageName, String fieldPath, int offset, String reason) {
        super("malformed " + messageName + ": " + (fieldPath.isEmpty() ? "" : fieldPath + " ") + "at offset " + offset
                + ": " + reason);
        this.messageName = messageName;
        this.fieldPath = fieldPath;
        this.offset = offset;
        this.reason = reason;
    }

    /** The message's name in the specification, for instance {@code SubmitShares.Success}. */
    public String messageName() {
        return messageName;
    }

    /** The field, for instance {@code merkle_path[3]}; empty if it is the frame as a whole. */
    public String fieldPath() {
        return fieldPath;
    }

    /** Where in the payload the field's trouble begins, in bytes. */
    public int offset() {
        return offset;
    }

    /** What is wrong. */
    public String reason() {
        return reason;
    }
}
