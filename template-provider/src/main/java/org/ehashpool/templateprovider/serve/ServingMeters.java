package org.ehashpool.templateprovider.serve;

import org.ehashpool.kit.metrics.ServiceMetrics;

/** Counts what clients ask for. */
public final class ServingMeters {
    private final ServiceMetrics metrics;

    public ServingMeters(ServiceMetrics metrics) {
        this.metrics = metrics;
    }

    void requestAnswered(String outcome) {
        metrics.counter("transaction.requests", "RequestTransactionData messages by their answer", "outcome", outcome)
                .increment();
    }

    void solutionRefused(String reason) {
        metrics.counter("solutions.refused", "SubmitSolution messages that are no block", "reason", reason)
                .increment();
    }

    void clientRefused() {
        metrics.counter("clients.refused", "Clients that were disconnected by the provider")
                .increment();
    }
}
