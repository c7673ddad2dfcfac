package org.ehashpool.translator.downstream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.translator.sv1.ShareObserver;
import org.ehashpool.translator.sv1.Sv1Error;

/** What Prometheus is told of miners. For all event loops. */
final class MinerMetrics implements ShareObserver {
    private final Counter accepted;
    private final Counter unconfirmed;
    private final Timer answers;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger miners = new AtomicInteger();
    private final Map<Sv1Error, Counter> refused = new EnumMap<>(Sv1Error.class);
    private final Map<EndReason, Counter> ends = new EnumMap<>(EndReason.class);

    MinerMetrics(ServiceMetrics metrics) {
        accepted = metrics.counter("shares.accepted", "Shares that the pool accepted");
        unconfirmed = metrics.counter("shares.unconfirmed", "Shares of which nobody knows what became of them");
        answers = metrics.timer("share.answer", "From a share's arrival at the translator's loop to its answer");
        metrics.gauge("sv1.connections", "Open SV1 connections", connections::get);
        metrics.gauge("miners", "SV1 connections that are subscribed and authorised", miners::get);
        for (Sv1Error error : Sv1Error.values()) {
            refused.put(error, metrics.counter("shares.rejected", "Shares that were refused", "reason", error.label()));
        }
        for (EndReason reason : EndReason.values()) {
            ends.put(
                    reason, metrics.counter("sv1.disconnects", "SV1 connections that ended", "reason", reason.label()));
        }
    }

    @Override
    public void accepted() {
        accepted.increment();
    }

    @Override
    public void refused(Sv1Error error) {
        Objects.requireNonNull(refused.get(error)).increment();
    }

    @Override
    public void unconfirmed() {
        unconfirmed.increment();
    }

    void answered(long nanos) {
        answers.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** From a share's arrival to its answer, on average since the start. */
    double meanAnswerMillis() {
        return answers.mean(TimeUnit.MILLISECONDS);
    }

    /** The longest of the last few minutes. */
    double longestAnswerMillis() {
        return answers.max(TimeUnit.MILLISECONDS);
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed(EndReason reason) {
        connections.decrementAndGet();
        ended(reason);
    }

    /** Of a connection that was never counted as open, too. */
    void ended(EndReason reason) {
        Objects.requireNonNull(ends.get(reason)).increment();
    }

    void mining(int change) {
        miners.addAndGet(change);
    }

    int connections() {
        return connections.get();
    }
}
