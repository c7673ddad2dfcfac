package org.ehashpool.sv2.codec;

/** A message that its sender must not send now: of another sub-protocol or direction, or of no known type. */
public final class UnexpectedMessageException extends ProtocolViolationException {
    private final String messageName;
    private final FrameHeader header;

    UnexpectedMessageException(String messageName, FrameHeader header, Reception reception) {
        super("unexpected " + messageName + " " + reception);
        this.messageName = messageName;
        this.header = header;
    }

    /** The message's name in the specification, or its number if it has none. */
    public String messageName() {
        return messageName;
    }

    /** The frame's header. */
    public FrameHeader header() {
        return header;
    }
}
