package org.ehashpool.mint;

import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.function.IntSupplier;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.mint.journal.MintListener;
import org.ehashpool.mint.store.StoredQuote;

/** What this process has done, counted. */
final class MintMetrics implements MintListener {

    private final Counter quotes;
    private final Counter spent;
    private final Counter conflicts;

    /**
     * Registers the meters.
     *
     * @param operations under way
     */
    MintMetrics(ServiceMetrics metrics, IntSupplier operations) {
        quotes = metrics.counter("quotes.changed", "Quotes that were made, paid or minted from");
        spent = metrics.counter("proofs.spent", "Proofs that were spent");
        conflicts = metrics.counter(
                "orders.conflicting", "Orders for a share that has a quote with another amount, unit or key: an alarm");
        metrics.gauge("operations", "Operations under way", operations::getAsInt);
    }

    @Override
    public void quoteChanged(StoredQuote quote) {
        quotes.increment();
    }

    @Override
    public void orderConflict(String shareHash) {
        conflicts.increment();
    }

    @Override
    public void proofsSpent(List<PublicKey> ys) {
        spent.increment(ys.size());
    }
}
