package org.ehashpool.benchmarks.shares;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final Histogram NONE = new Histogram(new TreeMap<>());

    private static Measurement measurement(String report) throws Exception {
        return new Measurement(
                new Reading(0, 10, 20, 0, 1_000, NONE, 5, 100, 3),
                new Reading(2_000_000_000L, 11, 22, 0.5, 401_000, NONE, 15, 300, 4),
                new ObjectMapper().readTree(report));
    }

    @Test
    void shouldTellWhatAShareCost() throws Exception {
        Measurement measured = measurement("""
                {"shares_accepted": 1000, "shares_per_second": 500.0, "shares_rejected": 0, "shares_unanswered": 0,
                 "connections_lost": 0, "cpu_seconds": 0.25, "latency_us": {"p50": 1500, "p99": 3000, "p99_9": 4000}}""");

        assertThat(measured.isGood()).isTrue();
        assertThat(measured.row("one", "10 %").split("[| ]+"))
                .containsExactly(
                        "one", "10", "%", "500", "0", "1.5", "3.0", "4.0", "NaN", "NaN", "1000.0", "2000.0", "250.0",
                        "1,000", "100", "400");
        assertThat(measured.quotesRow()).contains("100 quotes/s", "3 shares before, 4 after", "2500.0 µs a quote");
    }

    @Test
    void shouldNotBeGoodWhenAShareWasNotAccepted() throws Exception {
        assertThat(measurement("{\"shares_rejected\": 1}").isGood()).isFalse();
        assertThat(measurement("{\"shares_unanswered\": 1}").isGood()).isFalse();
        assertThat(measurement("{\"connections_lost\": 1}").isGood()).isFalse();
    }
}
