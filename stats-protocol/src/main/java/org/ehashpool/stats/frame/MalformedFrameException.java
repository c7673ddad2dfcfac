package org.ehashpool.stats.frame;

/** The stream holds no frames. Stackless: it says what the other side did. */
public final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
        super(message, null, false, false);
    }
}
