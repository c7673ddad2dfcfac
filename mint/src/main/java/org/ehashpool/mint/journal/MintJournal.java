package org.ehashpool.mint.journal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.store.StoredMelt;
import org.ehashpool.mint.store.StoredQuote;

/** Tells listeners what was committed. */
public final class MintJournal {

    private final List<MintListener> listeners = new CopyOnWriteArrayList<>();

    /** Tells a listener of everything from now on. */
    public void listen(MintListener listener) {
        listeners.add(listener);
    }

    public void quoteChanged(StoredQuote quote) {
        listeners.forEach(listener -> listener.quoteChanged(quote));
    }

    public void issued(StoredQuote quote, Amount amount) {
        listeners.forEach(listener -> listener.issued(quote, amount));
    }

    public void orderConflict(String shareHash) {
        listeners.forEach(listener -> listener.orderConflict(shareHash));
    }

    public void spent(List<PublicKey> ys) {
        listeners.forEach(listener -> listener.proofsSpent(ys));
    }

    public void melted(StoredMelt quote) {
        listeners.forEach(listener -> listener.melted(quote));
    }
}
