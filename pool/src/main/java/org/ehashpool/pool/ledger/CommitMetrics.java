package org.ehashpool.pool.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.pool.events.PoolEvents;

/** Commits in metrics and log. */
public final class CommitMetrics implements CommitObserver {
    private static final Duration SHORTEST_RECORDING = Duration.ofMillis(1);
    private static final Duration LONGEST_RECORDING = Duration.ofSeconds(10);

    private final Timer latency;
    private final Timer recording;
    private final DistributionSummary sizes;
    private final Counter failures;

    /** Registers them. */
    public CommitMetrics(ServiceMetrics metrics) {
        latency = Timer.builder("ehash.pool.commit")
                .description("From the beginning of a commit to its outcome")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(metrics.registry());
        recording = Timer.builder("ehash.pool.share.recording")
                .description(
                        "From a share's acceptance to the outcome of its commit; once for all of an event loop's turn")
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST_RECORDING)
                .maximumExpectedValue(LONGEST_RECORDING)
                .register(metrics.registry());
        sizes = DistributionSummary.builder("ehash.pool.commit.credits")
                .description("Credits in a commit")
                .register(metrics.registry());
        failures = metrics.counter("commit.failures", "Tries of commits whose outcome was not known");
    }

    @Override
    public void committed(int credits, long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
        sizes.record(credits);
    }

    @Override
    public void recorded(int credits, long nanos) {
        recording.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(int credits, int attempt, Throwable cause) {
        failures.increment();
        PoolEvents.commitFailed(credits, attempt, cause);
    }

    @Override
    public void recovered(long nanos) {
        PoolEvents.ledgerBack(Duration.ofNanos(nanos));
    }
}
