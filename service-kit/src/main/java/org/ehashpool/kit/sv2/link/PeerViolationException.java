package org.ehashpool.kit.sv2.link;

/**
 * The peer did what it must not: the connection ends. Carries no stack, since it says something of the peer and nothing of
 * this program; caught once, at the end of the connection.
 */
public final class PeerViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    /**
     * @param reason the reason that logs and metrics show
     * @param detail what was wrong, with its operands; never bytes of the peer's that were not made printable
     */
    public PeerViolationException(CloseReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** The reason that logs and metrics show. */
    public CloseReason reason() {
        return reason;
    }

    /** What was wrong, with its operands. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
