package org.ehashpool.statistics.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** How far back a chart goes, and how long each of its steps is: at most 500 of them. */
public enum Range {
    HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(1), false),
    DAY("24h", Duration.ofHours(24), Duration.ofMinutes(5), false),
    WEEK("7d", Duration.ofDays(7), Duration.ofHours(1), true),
    MONTH("30d", Duration.ofDays(30), Duration.ofHours(2), true);

    private final String label;
    private final Duration length;
    private final Duration step;
    private final boolean ofHours;

    Range(String label, Duration length, Duration step, boolean ofHours) {
        this.label = label;
        this.length = length;
        this.step = step;
        this.ofHours = ofHours;
    }

    /** As in an address: {@code 24h}. */
    public String label() {
        return label;
    }

    public Duration length() {
        return length;
    }

    public Duration step() {
        return step;
    }

    /** Whether it is read from the hours that were rolled up, and only what is younger from the minutes. */
    boolean ofHours() {
        return ofHours;
    }

    /** Where the range begins that ends at a time: at the beginning of a step. */
    Instant from(Instant to) {
        return floor(to.minus(length), step);
    }

    /** The range of that label. */
    public static Optional<Range> of(String label) {
        return Arrays.stream(values())
                .filter(range -> range.label.equals(label))
                .findFirst();
    }

    /** The greatest multiple of a step since the epoch that is not after a time. */
    static Instant floor(Instant at, Duration step) {
        long millis = step.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
    }
}
