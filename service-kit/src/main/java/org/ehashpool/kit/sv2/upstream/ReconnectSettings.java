package org.ehashpool.kit.sv2.upstream;

import java.time.Duration;

/**
 * How a link to upstreams is kept.
 *
 * @param initialDelay upper bound of the first wait after a failure; doubles with each further one
 * @param maximumDelay upper bound of any wait after a failure
 * @param stablePeriod how long a connection must last for earlier failures to be forgotten
 * @param probeInterval how often a preferred peer is tried while another one serves; doubles with each failure of it
 * @param maximumProbeInterval upper bound of that
 */
public record ReconnectSettings(
        Duration initialDelay,
        Duration maximumDelay,
        Duration stablePeriod,
        Duration probeInterval,
        Duration maximumProbeInterval) {

    /** Half a second to half a minute; stable after a minute; a preferred peer is tried every minute to half an hour. */
    public static final ReconnectSettings DEFAULT = new ReconnectSettings(
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(30));

    public ReconnectSettings {
        positive("initialDelay", initialDelay);
        positive("stablePeriod", stablePeriod);
        positive("probeInterval", probeInterval);
        if (maximumDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException("maximumDelay must not be below initialDelay");
        }
        if (maximumProbeInterval.compareTo(probeInterval) < 0) {
            throw new IllegalArgumentException("maximumProbeInterval must not be below probeInterval");
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
