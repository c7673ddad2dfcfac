package org.ehashpool.templateprovider.chain.consensus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.jspecify.annotations.Nullable;

/** Changes to a view that are tried before they are made. */
public final class CoinOverlay implements CoinView {
    private final CoinView base;
    private final Map<Outpoint, Optional<Coin>> changes = new HashMap<>();

    /** Without changes. */
    public CoinOverlay(CoinView base) {
        this.base = base;
    }

    @Override
    public @Nullable Coin find(Outpoint outpoint) {
        Optional<Coin> change = changes.get(outpoint);
        return change == null ? base.find(outpoint) : change.orElse(null);
    }

    /** Adds a coin. */
    public void add(Outpoint outpoint, Coin coin) {
        changes.put(outpoint, Optional.of(coin));
    }

    /** Removes a coin. */
    public void remove(Outpoint outpoint) {
        changes.put(outpoint, Optional.empty());
    }

    /** Spends what a transaction spends, unless it is a coinbase, and adds what it makes. */
    void apply(IdentifiedTransaction transaction, int height) {
        RawTransaction raw = transaction.raw();
        boolean coinbase = raw.isCoinbase();
        if (!coinbase) {
            raw.inputs().forEach(input -> remove(Outpoint.spentBy(input)));
        }
        List<TransactionOutput> outputs = raw.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            TransactionOutput output = outputs.get(i);
            if (!Coin.isUnspendable(output.script())) {
                add(new Outpoint(transaction.id(), i), Coin.of(output, height, coinbase));
            }
        }
    }

    void commit(CoinSet target) {
        changes.forEach((outpoint, coin) ->
                coin.ifPresentOrElse(added -> target.add(outpoint, added), () -> target.remove(outpoint)));
        changes.clear();
    }
}
