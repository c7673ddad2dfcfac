package org.ehashpool.wallet.operation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationKind;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.OutputTable;
import org.ehashpool.wallet.store.QuoteTable;
import org.ehashpool.wallet.store.StoredQuote;
import org.ehashpool.wallet.store.WalletStore;

/** Writes claims down: quotes, outputs and counters in one transaction, before the mint is asked. */
public final class Preparation {

    private final WalletStore store;
    private final InstantSource clock;

    public Preparation(WalletStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A claim of those quotes that no other operation has.
     *
     * @param amounts what to mint from each quote, all of one unit, with a sum of at most 2^64 − 1
     * @return empty if all are taken
     */
    public Optional<UUID> claim(MintSession mint, String unit, Map<String, Amount> amounts) {
        Keyset keyset = mint.active(unit);
        UUID id = UUID.randomUUID();
        boolean begun = store.transact(Isolation.READ_COMMITTED, sql -> {
            QuoteTable table = new QuoteTable(sql);
            List<StoredQuote> free = table.lock(mint.url(), amounts.keySet()).stream()
                    .filter(quote -> quote.operation().isEmpty())
                    .toList();
            if (free.isEmpty()) {
                return false;
            }
            Map<String, Amount> taken = free.stream()
                    .collect(Collectors.toMap(StoredQuote::id, quote -> take(amounts, quote), (a, b) -> a));
            Amount sum = Amount.sum(new ArrayList<>(taken.values())).orElseThrow();
            new OperationTable(sql)
                    .add(Operation.open(id, OperationKind.CLAIM, mint.url(), unit, sum, clock.instant()));
            int position = 0;
            for (StoredQuote quote : free) {
                table.bind(quote, id, position++, take(amounts, quote));
            }
            new OutputTable(sql).add(id, keyset.id(), Denominations.split(sum, keyset.keys()), List.of());
            return true;
        });
        return begun ? Optional.of(id) : Optional.empty();
    }

    private static Amount take(Map<String, Amount> amounts, StoredQuote quote) {
        return Optional.ofNullable(amounts.get(quote.id())).orElseThrow();
    }
}
