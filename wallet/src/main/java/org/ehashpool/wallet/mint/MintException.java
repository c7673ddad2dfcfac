package org.ehashpool.wallet.mint;

/** A mint did not do what it was asked. Stackless: mints choose how often it is thrown. */
public abstract sealed class MintException extends RuntimeException
        permits MintRefusedException, MintUnavailableException, MintFaultException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    MintException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    /** What is wrong, in words. */
    public final String problem() {
        return problem;
    }
}
