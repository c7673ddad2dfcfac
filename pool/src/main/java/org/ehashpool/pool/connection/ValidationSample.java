package org.ehashpool.pool.connection;

/** Measures the validation of one share in so many. */
final class ValidationSample {
    private static final int SAMPLED = 64;

    private final Surroundings surroundings;
    private int shares;

    ValidationSample(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The time now, or 0 if this share is not measured. */
    long begins() {
        return ++shares % SAMPLED == 0 ? surroundings.nanoTime().getAsLong() : 0;
    }

    void ends(long began) {
        if (began != 0) {
            surroundings.metrics().validated(surroundings.nanoTime().getAsLong() - began);
        }
    }
}
