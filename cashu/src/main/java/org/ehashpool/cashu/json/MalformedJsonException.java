package org.ehashpool.cashu.json;

import org.ehashpool.cashu.error.ErrorCode;

/**
 * A text that is not what it should be. Stackless, because a peer chooses how often it is thrown; the message names the
 * place, for instance {@code inputs[3].C}, and what was expected there, never what stood there.
 */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String problem;

    MalformedJsonException(String problem) {
        this(ErrorCode.REQUEST_INVALID, "", problem);
    }

    MalformedJsonException(ErrorCode code, String place, String problem) {
        super(problem, null, false, false);
        this.code = code;
        this.problem = place.isEmpty() ? problem : place + ": " + problem;
    }

    /** What a mint answers with. */
    public ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return problem;
    }

    /** What is wrong, and where; for whoever sent it. */
    public String problem() {
        return problem;
    }
}
