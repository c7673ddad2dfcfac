package org.ehashpool.mint.operate;

/** The mint does not work on this database, or a command cannot be done; the message says why. */
public final class MintRefusedException extends RuntimeException {
    public MintRefusedException(String message) {
        super(message);
    }
}
