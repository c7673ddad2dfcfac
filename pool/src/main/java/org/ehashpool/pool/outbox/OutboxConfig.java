package org.ehashpool.pool.outbox;

import java.time.Duration;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** How credits become quotes. */
public record OutboxConfig(
        @Description("Requests that may be unanswered by one connection of a mint, if the mint takes as many.")
        @Default("1024")
        @Range(min = "1", max = "65535")
        int window,

        @Description(
                "Whether credits may share a quote when they wait; otherwise each has its own, however long that takes.")
        @Default("true")
        boolean fold,

        @Description("When more credits wait than this, those of one key and unit share a quote.")
        @Default("512")
        @Range(min = "1", max = "100000")
        int foldAbove,

        @Description("The most credits that are bound to orders in one transaction.")
        @Default("4096")
        @Range(min = "1", max = "100000")
        int batch,

        @Description("Credits without a quote at which no more shares are taken.")
        @Default("5000000")
        @Range(min = "1", max = "1000000000")
        long backlogLimit,

        @Description("How long a credit may be without a quote before that is an alarm.")
        @Default("5m")
        @Range(min = "1s", max = "7d")
        Duration backlogAlarm,

        @Description("How often a mint is asked again for what it has refused for good.")
        @Default("10m")
        @Range(min = "1s", max = "7d")
        Duration refusedRetry,

        @Description(
                "How long answers are waited for when the pool stops; what has none is asked again at the next start.")
        @Default("5s")
        @Range(min = "0s", max = "10m")
        Duration drain) {

    /** With limits that go together. */
    public OutboxConfig {
        if (batch < foldAbove) {
            throw new IllegalArgumentException("a batch of at least fold_above, which is " + foldAbove);
        }
    }
}
