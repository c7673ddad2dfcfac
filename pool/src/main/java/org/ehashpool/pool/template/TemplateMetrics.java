package org.ehashpool.pool.template;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.pool.template.FeedStatus.State;

/** The metrics of the template side. The label {@code provider} is a configured address. */
final class TemplateMetrics {
    private final List<Counter> received = new ArrayList<>();
    private final List<Counter> faults = new ArrayList<>();
    private final Counter switches;
    private final Timer publish;

    TemplateMetrics(ServiceMetrics metrics, List<String> providers, Supplier<FeedStatus> status, InstantSource clock) {
        for (int i = 0; i < providers.size(); i++) {
            int index = i;
            String name = providers.get(i);
            received.add(metrics.counter("templates.received", "Templates that a provider sent", "provider", name));
            faults.add(metrics.counter(
                    "template.provider.faults", "How often a provider was put aside", "provider", name));
            for (State state : State.values()) {
                metrics.gauge(
                        "template.provider.state",
                        "1 for the state that a provider is in",
                        () -> index < status.get().providers().size()
                                        && status.get().providers().get(index).state() == state
                                ? 1
                                : 0,
                        "provider",
                        name,
                        "state",
                        state.label());
            }
        }
        switches = metrics.counter("template.provider.switches", "How often another provider was followed");
        publish = metrics.timer(
                "template.tip.publish", "From a SetNewPrevHash of the active provider to the jobs of all miners");
        metrics.gauge(
                "template.age.seconds",
                "Age of the template worked on; NaN without one",
                () -> status.get()
                        .lastTemplate()
                        .map(at -> Duration.between(at, clock.instant()).toMillis() / 1_000.0)
                        .orElse(Double.NaN));
        metrics.gauge(
                "template.transactions.templates",
                "Templates whose transactions are kept",
                () -> status.get().transactionTemplates());
        metrics.gauge(
                "template.transactions.bytes",
                "Memory that kept transactions take",
                () -> status.get().transactionBytes());
    }

    void received(int provider) {
        received.get(provider).increment();
    }

    void fault(int provider) {
        faults.get(provider).increment();
    }

    void switched() {
        switches.increment();
    }

    void tipPublished(long nanos) {
        publish.record(nanos, TimeUnit.NANOSECONDS);
    }
}
