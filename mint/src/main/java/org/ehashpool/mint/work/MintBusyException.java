package org.ehashpool.mint.work;

/** An operation was not begun, since too many are under way. Nothing has happened; the caller may repeat it. */
public final class MintBusyException extends RuntimeException {

    MintBusyException(String message) {
        // Cheap, for it comes when there is too much to do.
        super(message, null, false, false);
    }
}
