package org.ehashpool.pool.connection;

import java.time.Duration;

/** Configurations of tests. */
public final class Configs {
    static final double MINIMUM = 0.5;

    private Configs() {}

    static SharesConfig shares() {
        return new SharesConfig(6, MINIMUM, 1e9, Duration.ZERO, 100, 1_000, Duration.ofSeconds(10));
    }

    static LimitsConfig limits(int channels, int sharesPerSecond, int messagesPerSecond) {
        return new LimitsConfig(
                channels, 16, 1_000, 1_000, sharesPerSecond, sharesPerSecond, messagesPerSecond, messagesPerSecond);
    }
}
