package org.ehashpool.pool.outbox;

import io.micrometer.core.instrument.Counter;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.ehashpool.kit.metrics.ServiceMetrics;

/** What the outbox did, counted, and what waits in it. */
final class OutboxMetrics {

    private final Counter bound;
    private final Counter folded;
    private final Counter quoted;
    private final Counter refused;
    private final Counter delayed;

    OutboxMetrics(ServiceMetrics metrics, Supplier<BacklogView> outbox) {
        bound = metrics.counter("outbox.credits.bound", "Credits that were bound to orders");
        folded = metrics.counter("outbox.orders.bound", "Orders that were bound to mints");
        quoted = metrics.counter("outbox.orders.quoted", "Orders that mints have made quotes for");
        refused = metrics.counter("outbox.orders.refused", "Orders that mints have refused for good: an alarm");
        delayed = metrics.counter("outbox.orders.delayed", "Orders that mints have refused for now");
        gauge(
                metrics,
                outbox,
                "outbox.backlog.shares",
                "Shares that wait for a quote",
                view -> view.backlog().shares());
        gauge(
                metrics,
                outbox,
                "outbox.backlog.credits",
                "Credits that are bound to no order yet",
                view -> view.backlog().creditsWaiting());
        gauge(
                metrics,
                outbox,
                "outbox.backlog.age",
                "Seconds since the oldest of them was accepted",
                view -> view.ageMillis() / 1_000);
        gauge(
                metrics,
                outbox,
                "outbox.backlog.refused",
                "Orders that stand refused for good: an alarm",
                view -> view.backlog().refused());
    }

    private static void gauge(
            ServiceMetrics metrics,
            Supplier<BacklogView> outbox,
            String name,
            String description,
            ToLongFunction<BacklogView> figure) {
        metrics.gauge(name, description, () -> figure.applyAsLong(outbox.get()));
    }

    void bound(int credits, int orders) {
        bound.increment(credits);
        folded.increment(orders);
    }

    void quoted(int orders) {
        quoted.increment(orders);
    }

    void refused(int orders) {
        refused.increment(orders);
    }

    void delayed() {
        delayed.increment();
    }
}
