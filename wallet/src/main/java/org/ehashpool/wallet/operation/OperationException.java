package org.ehashpool.wallet.operation;

/** What was asked of the wallet cannot be done. Nothing has happened, unless {@link Reason#PENDING} says it may. */
public final class OperationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** The amount, the token or the key is not what it has to be. */
        INVALID,
        /** The mint is none of those that the configuration trusts. */
        MINT_NOT_TRUSTED,
        /** There is not as much at any one mint. */
        INSUFFICIENT,
        /** The idempotency key was used for another order. */
        CONFLICT,
        /** There is no such operation. */
        UNKNOWN,
        /** The token is spent, at least in part. */
        SPENT,
        /** The mint refuses. */
        REFUSED,
        /** The mint has not answered. The operation is kept and tried again: ask for it later. */
        PENDING,
        /** The mint did not answer before anything was begun. */
        MINT_UNAVAILABLE
    }

    private final Reason reason;
    private final String problem;

    public OperationException(Reason reason, String problem) {
        super(problem, null, false, false);
        this.reason = reason;
        this.problem = problem;
    }

    public Reason reason() {
        return reason;
    }

    /** In words. */
    public String problem() {
        return problem;
    }
}
