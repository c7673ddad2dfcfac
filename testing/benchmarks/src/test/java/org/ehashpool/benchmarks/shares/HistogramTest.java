package org.ehashpool.benchmarks.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final String BEFORE = """
            # TYPE wait_seconds histogram
            wait_seconds_bucket{le="0.001"} 10
            wait_seconds_bucket{le="0.002"} 10
            wait_seconds_bucket{le="+Inf"} 10
            wait_seconds_count 10
            """;
    private static final String AFTER = """
            wait_seconds_bucket{le="0.001"} 10
            wait_seconds_bucket{le="0.002"} 90
            wait_seconds_bucket{le="0.004"} 108
            wait_seconds_bucket{le="+Inf"} 110
            wait_seconds_count 110
            other_seconds_bucket{le="0.1"} 7
            """;

    @Test
    void shouldFindPercentilesOfWhatCameBetweenTwoLooks() {
        Histogram between = Histogram.read(AFTER, "wait_seconds").since(Histogram.read(BEFORE, "wait_seconds"));

        assertThat(between.percentile(40)).isCloseTo(0.0015, within(1e-9));
        assertThat(between.percentile(89)).isCloseTo(0.003, within(1e-9));
        assertThat(between.percentile(99)).as("beyond the last bound").isEqualTo(0.004);
    }

    @Test
    void shouldKnowNoPercentileOfNothing() {
        Histogram none = Histogram.read(BEFORE, "wait_seconds").since(Histogram.read(BEFORE, "wait_seconds"));

        assertThat(none.percentile(50)).isNaN();
        assertThat(Histogram.read("", "wait_seconds").percentile(50)).isNaN();
    }
}
