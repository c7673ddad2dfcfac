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
 * @param measureJobs whether the receipts of jobs are measured
 */
public record LoadPlan(
        LoadPool pool,
        int connections,
        double sharesPerSecond,
        double connectsPerSecond,
        Duration time,
        int sourceAddresses,
        boolean measureJobs) {}
