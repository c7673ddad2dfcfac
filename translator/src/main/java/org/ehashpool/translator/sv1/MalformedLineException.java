package org.ehashpool.translator.sv1;

/** A line that is no JSON object within the limits: its sender is no Stratum miner. Has no stack. */
public final class MalformedLineException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedLineException(String detail) {
        super(detail, null, false, false);
    }

    /** What was wrong; none of the peer's own bytes. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
