package org.ehashpool.cashu.json;

/**
 * A text that is not what it should be. Stackless, because a peer chooses how often it is thrown; the message names the
 * place, for instance {@code inputs[3].C}, and what was expected there, never what stood there.
 */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String place, String problem) {
        super(place.isEmpty() ? problem : place + ": " + problem, null, false, false);
    }
}
