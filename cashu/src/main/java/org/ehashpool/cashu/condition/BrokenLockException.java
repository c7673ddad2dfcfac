package org.ehashpool.cashu.condition;

/** A secret says that it is locked, but not how. Stackless: whoever spends chooses how often it is thrown. */
final class BrokenLockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    BrokenLockException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
