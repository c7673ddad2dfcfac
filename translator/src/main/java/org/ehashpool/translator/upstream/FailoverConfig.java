package org.ehashpool.translator.upstream;

import java.time.Duration;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;

/** When another upstream is tried. */
public record FailoverConfig(
        @Description("The longest wait after a first failed attempt; doubles with each further one.")
        @Default("250ms")
        @Range(min = "10ms", max = "1m")
        Duration firstWait,

        @Description("The longest wait after any failed attempt.") @Default("1500ms") @Range(min = "10ms", max = "10m")
        Duration longestWait,

        @Description("A connection that lasted so long is trusted: its end is not held against the upstream.")
        @Default("30s")
        @Range(min = "1s", max = "1h")
        Duration stable,

        @Description("How often a preferred upstream is tried while another one serves; doubles while it fails.")
        @Default("5s")
        @Range(min = "100ms", max = "1h")
        Duration probe,

        @Description("The longest time between such attempts.") @Default("1m") @Range(min = "100ms", max = "1d")
        Duration longestProbe) {

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException in words for the operator
     */
    public FailoverConfig {
        if (longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("longest_wait at least first_wait");
        }
        if (longestProbe.compareTo(probe) < 0) {
            throw new IllegalArgumentException("longest_probe at least probe");
        }
    }

    ReconnectSettings settings() {
        return new ReconnectSettings(firstWait, longestWait, stable, probe, longestProbe);
    }
}
