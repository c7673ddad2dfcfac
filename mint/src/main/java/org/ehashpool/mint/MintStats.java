package org.ehashpool.mint;

import java.util.List;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.mint.journal.MintListener;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.stats.event.StatsEvent;

/** What the statistics service is told of quotes that pay for shares. */
final class MintStats implements MintListener {
    private final StatsSink stats;

    MintStats(StatsSink stats) {
        this.stats = stats;
    }

    /** Such a quote is made paid: as long as nothing of it was minted, it was made just now. */
    @Override
    public void quoteChanged(StoredQuote quote) {
        if (quote.share().isPresent() && quote.issued().isZero()) {
            stats.publish(new StatsEvent.QuoteCreated(
                    null, quote.unit(), 1, quote.paid().toBigInteger()));
        }
    }

    @Override
    public void issued(StoredQuote quote, Amount amount) {
        stats.publish(new StatsEvent.QuoteIssued(null, quote.unit(), 1, amount.toBigInteger()));
    }

    @Override
    public void orderConflict(String shareHash) {
        // An alarm of its own; the quote that exists stays as it is.
    }

    @Override
    public void proofsSpent(List<PublicKey> ys) {
        // Spending is between wallets.
    }
}
