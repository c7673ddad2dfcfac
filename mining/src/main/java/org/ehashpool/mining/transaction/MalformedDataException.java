package org.ehashpool.mining.transaction;

/** Bytes that are no consensus serialisation. Carries no stack trace: it describes a peer's data, not our code. */
public final class MalformedDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong, and where. */
    public MalformedDataException(String message) {
        super(message, null, false, false);
    }
}
