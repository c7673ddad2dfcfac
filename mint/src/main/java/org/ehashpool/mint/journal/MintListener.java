package org.ehashpool.mint.journal;

import java.util.List;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.mint.store.StoredMelt;
import org.ehashpool.mint.store.StoredQuote;

/**
 * Is told what this process has committed, on the thread that committed it: does not block, does not throw. What other
 * processes of the mint commit is found in the database alone.
 */
public interface MintListener {

    /** A quote was made, paid or minted from. Of two calls about one quote, the larger {@code updatedAt} is newer. */
    void quoteChanged(StoredQuote quote);

    /** Of a quote, this amount was minted: once for each amount, besides {@link #quoteChanged}. */
    default void issued(StoredQuote quote, Amount amount) {}

    /** A pool ordered a quote for a share that has one with another amount, unit or key: an alarm. */
    void orderConflict(String shareHash);

    /** Proofs were spent. */
    void proofsSpent(List<PublicKey> ys);

    /** An invoice was paid; of the test profile, and so nothing that everybody needs to hear. */
    default void melted(StoredMelt quote) {}
}
