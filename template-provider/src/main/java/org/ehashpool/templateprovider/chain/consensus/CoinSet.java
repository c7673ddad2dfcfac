package org.ehashpool.templateprovider.chain.consensus;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All unspent outputs at the tip. Those that anyone can spend are also listed apart. */
public final class CoinSet implements CoinView {
    private final Map<Outpoint, Coin> coins = new HashMap<>();
    private final Set<Outpoint> anyones = new LinkedHashSet<>();

    CoinSet() {}

    @Override
    public @Nullable Coin find(Outpoint outpoint) {
        return coins.get(outpoint);
    }

    /** The number of coins. */
    public int size() {
        return coins.size();
    }

    /** The coins locked by {@link AnyoneCanSpend#SCRIPT}, the oldest first; a view. */
    public Set<Outpoint> anyones() {
        return Collections.unmodifiableSet(anyones);
    }

    void add(Outpoint outpoint, Coin coin) {
        coins.put(outpoint, coin);
        if (coin.script().equals(AnyoneCanSpend.SCRIPT)) {
            anyones.add(outpoint);
        }
    }

    void remove(Outpoint outpoint) {
        coins.remove(outpoint);
        anyones.remove(outpoint);
    }
}
