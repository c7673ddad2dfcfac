package org.ehashpool.miner.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Durations in microseconds, to three digits. Not for use by several threads at once. */
final class Latencies {
    private static final long LONGEST_MICROS = 3_600_000_000L;

    private final Histogram histogram = new Histogram(LONGEST_MICROS, 3);

    /** Takes one in. */
    void add(long nanos) {
        histogram.recordValue(Math.clamp(nanos / 1_000, 0, LONGEST_MICROS));
    }

    /** Takes all of another in. */
    void addAll(Latencies other) {
        histogram.add(other.histogram);
    }

    long count() {
        return histogram.getTotalCount();
    }

    /** At a percentile, 0 to 100, in microseconds; 0 if there are none. */
    long micros(double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile);
    }

    /** The usual percentiles, in microseconds. */
    Map<String, Long> percentiles() {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("p50", micros(50));
        values.put("p90", micros(90));
        values.put("p99", micros(99));
        values.put("p99_9", micros(99.9));
        values.put("max", micros(100));
        return values;
    }
}
