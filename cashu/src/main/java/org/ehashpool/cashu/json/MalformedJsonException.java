package org.ehashpool.cashu.json;

/**
 * A text that is not what it should be. Stackless, because a peer chooses how often it is thrown; the message names the
 * place, for instance {@code inputs[3].C}, and what was expected there, never what stood there.
 */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    MalformedJsonException(String place, String problem) {
        this(place.isEmpty() ? problem : place + ": " + problem);
    }

    private MalformedJsonException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    /** What is wrong, and where; for whoever sent it. */
    public String problem() {
        return problem;
    }
}
