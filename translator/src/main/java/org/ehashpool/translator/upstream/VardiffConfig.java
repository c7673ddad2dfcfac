package org.ehashpool.translator.upstream;

import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** What the pool is told of hash rates, from which it sets difficulties. */
public record VardiffConfig(
        @Description("Tell the pool the hash rate that accepted shares show. Otherwise only what was presumed is told.")
        @Default("true")
        boolean enabled,

        @Description(
                "Ask for targets so hard that a channel has no more shares a minute than this. Unset: the pool decides.")
        Optional<Double> sharesPerMinute,

        @Description("Hashes per second of a miner that has not said its own and not yet shown it.")
        @Default("1e12")
        @Range(min = "1", max = "1e18")
        double presumedHashRate,

        @Description("No lower hash rate is told.") @Default("1") @Range(min = "0.001", max = "1e18")
        double minimumHashRate,

        @Description("A channel's hash rate is told at most so often.") @Default("30s") @Range(min = "1s", max = "1h")
        Duration interval) {

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public VardiffConfig {
        if (sharesPerMinute.isPresent() && !(sharesPerMinute.get() >= 0.01 && sharesPerMinute.get() <= 6_000)) {
            throw new IllegalArgumentException("shares_per_minute from 0.01 to 6000, not " + sharesPerMinute.get());
        }
    }
}
