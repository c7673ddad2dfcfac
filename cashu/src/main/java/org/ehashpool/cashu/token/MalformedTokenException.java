package org.ehashpool.cashu.token;

/** A text or bytes that are no token. Stackless: whoever sends it chooses how often it is thrown. */
public final class MalformedTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedTokenException(String problem) {
        super(problem, null, false, false);
    }
}
