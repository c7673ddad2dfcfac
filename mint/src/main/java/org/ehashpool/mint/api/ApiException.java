package org.ehashpool.mint.api;

import org.ehashpool.cashu.error.ErrorCode;

/** Refuses a request before the mint is asked. Stackless, because a peer chooses how often it is thrown. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final ErrorCode code;

    /**
     * A refusal.
     *
     * @param status of HTTP; 400 for what the NUTs have a word for
     * @param detail for people, without secrets
     */
    ApiException(int status, ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    static ApiException refused(ErrorCode code, String detail) {
        return new ApiException(400, code, detail);
    }

    static ApiException tooMany() {
        return new ApiException(429, ErrorCode.REQUEST_INVALID, "too many requests from your address");
    }

    int status() {
        return status;
    }

    ErrorCode code() {
        return code;
    }
}
