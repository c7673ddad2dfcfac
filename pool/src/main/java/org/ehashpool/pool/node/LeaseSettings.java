package org.ehashpool.pool.node;

import java.time.Duration;

/**
 * How node ids are leased.
 *
 * @param range of the numbers
 * @param duration of a lease
 * @param renewal how often it is made longer
 * @param margin how long before its end no more shares are accepted
 * @param rest how long a number stays free before it is leased again
 */
public record LeaseSettings(NodeRange range, Duration duration, Duration renewal, Duration margin, Duration rest) {

    /** The usual times. */
    public static LeaseSettings of(NodeRange range) {
        return new LeaseSettings(
                range, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofHours(24));
    }

    /**
     * Settings.
     *
     * @throws IllegalArgumentException if a lease would end before it is renewed
     */
    public LeaseSettings {
        if (renewal.isNegative() || renewal.isZero() || renewal.plus(margin).compareTo(duration) >= 0) {
            throw new IllegalArgumentException(
                    "a lease of " + duration + " renewed every " + renewal + " with a margin of " + margin);
        }
    }
}
