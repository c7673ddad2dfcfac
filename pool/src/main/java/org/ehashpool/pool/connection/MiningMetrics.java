package org.ehashpool.pool.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.sv2.setup.ConnectionKind;
import org.ehashpool.mining.share.ShareError;

/** What Prometheus is told of miners. For all event loops. */
public final class MiningMetrics {
    private final Counter accepted;
    private final Counter work;
    private final Counter keyless;
    private final Counter floods;
    private final Map<JobFrames.Kind, Timer> broadcasts = new EnumMap<>(JobFrames.Kind.class);
    private final Timer validation;
    private final AtomicInteger channels = new AtomicInteger();
    private final Map<ShareError, Counter> rejected = new EnumMap<>(ShareError.class);
    private final Map<ConnectionKind, AtomicInteger> connections = new EnumMap<>(ConnectionKind.class);

    /** Registers them. */
    public MiningMetrics(ServiceMetrics metrics) {
        accepted = metrics.counter("shares.accepted", "Shares that were recorded");
        work = metrics.counter("work", "Expected hashes of the shares that were recorded");
        keyless = metrics.counter("shares.keyless", "Shares that were recorded and are not paid for: no key, or solo");
        floods = metrics.counter("floods", "Connections closed because they sent too much");
        metrics.gauge("channels", "Channels that are open", channels::get);
        for (ShareError error : ShareError.values()) {
            rejected.put(
                    error,
                    metrics.counter(
                            "shares.rejected",
                            "Shares that were refused",
                            "reason",
                            error.code().toString()));
        }
        for (ConnectionKind kind : ConnectionKind.values()) {
            AtomicInteger count = new AtomicInteger();
            connections.put(kind, count);
            metrics.gauge("miners", "Connections by what their clients say they are", count::get, "kind", kind.label());
        }
        for (JobFrames.Kind kind : JobFrames.Kind.values()) {
            broadcasts.put(kind, broadcast(kind, metrics));
        }
        validation = metrics.timer("share.validation", "Validation of a share, one in many measured");
    }

    private static Timer broadcast(JobFrames.Kind kind, ServiceMetrics metrics) {
        return Timer.builder("ehash.pool.broadcast")
                .description("From an update of jobs to the last connection of an event loop")
                .tag("update", kind.label())
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(150),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1))
                .register(metrics.registry());
    }

    void opened(ConnectionKind kind) {
        count(kind).incrementAndGet();
    }

    void closed(ConnectionKind kind) {
        count(kind).decrementAndGet();
    }

    private AtomicInteger count(ConnectionKind kind) {
        return Objects.requireNonNull(connections.get(kind));
    }

    void channelOpened() {
        channels.incrementAndGet();
    }

    void channelClosed() {
        channels.decrementAndGet();
    }

    void accepted(int shares, int unpaid, double hashes) {
        accepted.increment(shares);
        keyless.increment(unpaid);
        work.increment(hashes);
    }

    void rejected(ShareError error, int shares) {
        Objects.requireNonNull(rejected.get(error)).increment(shares);
    }

    void flood() {
        floods.increment();
    }

    void broadcast(JobFrames.Kind kind, long nanos) {
        Objects.requireNonNull(broadcasts.get(kind)).record(nanos, TimeUnit.NANOSECONDS);
    }

    void validated(long nanos) {
        validation.record(nanos, TimeUnit.NANOSECONDS);
    }
}
