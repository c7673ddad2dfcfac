package org.ehashpool.miner.sv1;

/** The server said something that the protocol does not allow. Caught once, at the end of its connection. */
public final class Sv1ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason what was wrong, with its operands */
    Sv1ProtocolException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** What was wrong, with its operands. */
    public String reason() {
        return reason;
    }
}
