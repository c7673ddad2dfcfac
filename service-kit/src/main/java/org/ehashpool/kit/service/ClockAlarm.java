package org.ehashpool.kit.service;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.jspecify.annotations.Nullable;

/** Watches the clock once a second and tells the log, the metrics and the health report. */
final class ClockAlarm {
    private static final long PERIOD_MILLIS = 1_000;

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ClockWatch watch;
    private final ServiceMetrics metrics;
    private volatile @Nullable Jump last;

    private record Jump(Instant at, Duration by) {}

    ClockAlarm(Duration threshold, InstantSource clock, LongSupplier nanoTime, ServiceMetrics metrics) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.watch = new ClockWatch(threshold, clock.instant(), nanoTime.getAsLong());
        this.metrics = metrics;
        for (String direction : new String[] {"forwards", "backwards"}) {
            metrics.counter("clock.jumps", "Jumps of the wall clock", "direction", direction);
        }
    }

    void start(Vertx vertx, HealthChecks health) {
        health.register("clock", this::health);
        vertx.setPeriodic(PERIOD_MILLIS, timer -> observe());
    }

    /** Always on the same event loop. */
    void observe() {
        Instant now = clock.instant();
        watch.observe(now, nanoTime.getAsLong()).ifPresent(jump -> {
            last = new Jump(now, jump);
            ServiceEvents.clockJumped(jump);
            String direction = jump.isNegative() ? "backwards" : "forwards";
            metrics.counter("clock.jumps", "Jumps of the wall clock", "direction", direction)
                    .increment();
        });
    }

    /** Up all the same: a jump is an alarm for people, not a reason to turn miners away. */
    Health health() {
        @Nullable Jump jump = last;
        return Health.up(
                jump == null
                        ? "no jump since the start"
                        : "jumped by " + jump.by().toMillis() + " ms at " + jump.at());
    }
}
