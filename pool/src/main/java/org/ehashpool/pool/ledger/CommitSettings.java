package org.ehashpool.pool.ledger;

import java.time.Duration;

/**
 * How credits are committed.
 *
 * @param linger how long the first credit after a pause waits for others, at most 5 ms
 * @param batch the most credits in one commit
 * @param pending the most credits that are not settled
 * @param patience how long commits may fail before shares are refused
 */
public record CommitSettings(Duration linger, int batch, int pending, Duration patience) {
    private static final Duration LONGEST_LINGER = Duration.ofMillis(5);

    /**
     * Settings.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public CommitSettings {
        if (linger.isNegative() || linger.compareTo(LONGEST_LINGER) > 0) {
            throw new IllegalArgumentException("a linger of 0 to 5 ms, not " + linger);
        }
        if (batch < 1 || pending < batch) {
            throw new IllegalArgumentException("a batch of 1 to " + pending + " credits, not " + batch);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience is not negative: " + patience);
        }
    }
}
