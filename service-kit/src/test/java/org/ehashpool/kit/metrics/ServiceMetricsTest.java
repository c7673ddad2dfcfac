package org.ehashpool.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {
    private final ServiceMetrics metrics = ServiceMetrics.create("pool", "1");

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void shouldPutServiceBeforeNamesAndUnitsAfterThem() {
        metrics.counter("shares.rejected", "Rejected shares", "reason", "stale-share")
                .increment();
        metrics.timer("commit", "Commits").record(5, TimeUnit.MILLISECONDS);
        metrics.gauge("outbox.size", "Waiting credits", () -> 7);

        assertThat(scrape())
                .contains("ehash_pool_shares_rejected_total{reason=\"stale-share\"} 1.0")
                .contains("ehash_pool_commit_seconds_sum 0.005")
                .contains("ehash_pool_outbox_size 7.0");
    }

    @Test
    void shouldStopRecordingNewSeriesWhenNameHasTooMany() {
        for (int user = 0; user < SeriesLimit.MOST + 10; user++) {
            metrics.counter("shares", "Shares", "user", "u" + user).increment();
        }
        metrics.counter("shares", "Shares", "user", "u0").increment();

        assertThat(scrape().lines().filter(line -> line.startsWith("ehash_pool_shares_total{")))
                .hasSize(SeriesLimit.MOST);
        assertThat(scrape())
                .contains("ehash_pool_shares_total{user=\"u0\"} 2.0")
                .contains("ehash_pool_metrics_series_refused 10.0");
    }

    @Test
    void shouldRecordHowLateLoopIsWhenItsTaskRunsLate() {
        AtomicLong now = new AtomicLong();
        Timer lag = metrics.timer("lag", "Lag");
        EventLoopMetrics.LagProbe probe = new EventLoopMetrics.LagProbe(lag, 500, now::get);

        now.set(500);
        probe.run();
        assertThat(lag.max(TimeUnit.NANOSECONDS)).isZero();
        now.set(1_700);
        probe.run();
        assertThat(lag.max(TimeUnit.NANOSECONDS)).isEqualTo(700);
        assertThat(lag.count()).isEqualTo(2);
    }

    private String scrape() {
        return metrics.scrape(ServiceMetrics.TEXT_FORMAT);
    }
}
