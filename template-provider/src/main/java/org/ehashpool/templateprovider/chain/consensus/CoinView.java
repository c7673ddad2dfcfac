package org.ehashpool.templateprovider.chain.consensus;

import org.jspecify.annotations.Nullable;

/** The coins that can be spent at one point of a chain. */
public interface CoinView {

    /** The coin of that name; null where there is none, or it is spent. */
    @Nullable
    Coin find(Outpoint outpoint);
}
