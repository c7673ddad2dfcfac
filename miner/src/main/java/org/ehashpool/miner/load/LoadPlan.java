package org.ehashpool.miner.load;

import java.time.Duration;

/**
 * What a load consists of.
 *
 * @param pool where
 * @param connections how many
 * @param sharesPerSecond of all channels; 0 for none
 * @param connectsPerSecond how fast connections are made
 * @param time how long shares are submitted
 * @param sourceAddresses from how many addresses, 127.0.0.1 on, connections are made; 0: the system chooses
 * @param window shares of a channel that may be unanswered; no more are sent before an answer
 * @param measureJobs whether the receipts of jobs are measured
 */
public record LoadPlan(
        LoadPool pool,
        int connections,
        double sharesPerSecond,
        double connectsPerSecond,
        Duration time,
        int sourceAddresses,
        int window,
        boolean measureJobs) {
    /** The usual window. */
    public static final int WIDEST_WINDOW = 1 << 14;

    /**
     * A plan.
     *
     * @throws IllegalArgumentException if the window is out of range
     */
    public LoadPlan {
        if (window < 1 || window > WIDEST_WINDOW) {
            throw new IllegalArgumentException("a window of 1 to " + WIDEST_WINDOW + " shares, not " + window);
        }
    }
}
