package org.ehashpool.stats.message;

/** A payload is no message. Stackless: it says what the other side did. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message, null, false, false);
    }
}
