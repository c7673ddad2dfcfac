package org.ehashpool.pool.ledger;

/** Told, on any thread, when credits are in the ledger for good. Must be quick. */
@FunctionalInterface
public interface CreditsListener {
    /** Hears nothing. */
    CreditsListener NONE = (node, payable) -> {
        // Nobody asked.
    };

    /**
     * Credits were committed.
     *
     * @param node whose they are
     * @param payable how many of them have an amount
     */
    void committed(int node, int payable);
}
