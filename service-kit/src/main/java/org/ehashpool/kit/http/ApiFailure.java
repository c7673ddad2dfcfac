package org.ehashpool.kit.http;

/** Refuses a request: {@code context.fail(new ApiFailure(409, "already-running", "…"))}. Has no stack: it is an answer. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * An answer with an error in it.
     *
     * @param status of HTTP, 400 to 599
     * @param code for programs, in kebab-case
     * @param message for people; is sent to whoever asked
     */
    public ApiFailure(int status, String code, String message) {
        super(message, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not an error's status: " + status);
        }
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
