package org.ehashpool.kit.metrics;

import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How late event loops are: a task asks each of them for a turn twice a second and measures how long it waits beyond
 * that. Whatever blocks a loop, or keeps it busy, shows here before it shows in time-outs.
 */
public final class EventLoopMetrics {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private EventLoopMetrics() {}

    /**
     * Probes each loop until it ends.
     *
     * @param nanoTime the monotonic clock, in nanoseconds
     */
    public static void probe(ServiceMetrics metrics, EventExecutorGroup loops, LongSupplier nanoTime) {
        Timer lag = metrics.timer("event.loop.lag", "How late a task runs on an event loop");
        List<EventExecutor> executors = new ArrayList<>();
        loops.forEach(executors::add);
        for (EventExecutor executor : executors) {
            LagProbe probe = new LagProbe(lag, PERIOD.toNanos(), nanoTime);
            // Its result is of no use: the probe ends with the loop.
            var _ = executor.scheduleWithFixedDelay(probe, PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
        }
        metrics.gauge("event.loop.pending.tasks", "Tasks that wait for an event loop", () -> pending(executors));
    }

    private static int pending(List<EventExecutor> executors) {
        return executors.stream()
                .mapToInt(executor -> executor instanceof SingleThreadEventExecutor single ? single.pendingTasks() : 0)
                .sum();
    }

    /** Runs at a fixed delay after its last run; what is beyond the delay is lag. */
    static final class LagProbe implements Runnable {
        private final Timer lag;
        private final long periodNanos;
        private final LongSupplier nanoTime;
        private long dueNanos;

        LagProbe(Timer lag, long periodNanos, LongSupplier nanoTime) {
            this.lag = lag;
            this.periodNanos = periodNanos;
            this.nanoTime = nanoTime;
            this.dueNanos = nanoTime.getAsLong() + periodNanos;
        }

        @Override
        public void run() {
            long now = nanoTime.getAsLong();
            lag.record(Math.max(0, now - dueNanos), TimeUnit.NANOSECONDS);
            dueNanos = now + periodNanos;
        }
    }
}
