package org.ehashpool.wallet.operation;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.event.WalletEvents;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.restore.SignedOutputs;
import org.ehashpool.wallet.restore.SignedOutputs.Found;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.OutputTable;
import org.ehashpool.wallet.store.PlannedOutput;
import org.ehashpool.wallet.store.StoredKeyset;
import org.ehashpool.wallet.store.WalletStore;

/**
 * Finds what mints did without the wallet's knowledge: requests of operations that were given up and came late after
 * all, and whatever the seed did after the database was copied. A mint has the last word on what it has signed, so it is
 * asked before anything counts as lost.
 */
public final class Recovery {

    /** Of a hundred counters, of one keyset at a time. */
    private static final int MOST_BATCHES = 100;

    private static final int DUE = 20;
    private static final int LAST = 100;

    private final WalletStore store;
    private final SignedOutputs signed;
    private final InstantSource clock;
    private final Set<MintUrl> scanned = ConcurrentHashMap.newKeySet();

    public Recovery(WalletStore store, SignedOutputs signed, InstantSource clock) {
        this.store = store;
        this.signed = signed;
        this.clock = clock;
    }

    /**
     * At the first time at a mint, looks beyond the counters that were taken; at every time, at the operations that were
     * given up and whose turn it is.
     *
     * @throws MintException if the mint fails
     */
    public void run(MintSession mint) {
        if (!scanned.contains(mint.url())) {
            note(mint, ahead(mint));
            scanned.add(mint.url());
        }
        List<Operation> due = store.transact(
                Isolation.READ_COMMITTED, sql -> new OperationTable(sql).givenUp(mint.url(), clock.instant(), DUE));
        for (Operation operation : due) {
            note(mint, of(mint, operation));
            store.transact(Isolation.READ_COMMITTED, sql -> {
                new OperationTable(sql).looked(operation, clock.instant());
                return true;
            });
        }
    }

    /**
     * Something is spent, or issued, that the wallet did not know of: seeks what it became.
     *
     * @return what was found
     * @throws MintException if the mint fails
     */
    Found seek(MintSession mint) {
        Found found = ahead(mint);
        for (Operation operation : store.transact(
                Isolation.READ_COMMITTED, sql -> new OperationTable(sql).lastGivenUp(mint.url(), LAST))) {
            found = found.plus(of(mint, operation));
        }
        note(mint, found);
        return found;
    }

    /**
     * An operation's outputs were signed for another one: takes what these are, and looks beyond them.
     *
     * @throws MintException if the mint fails
     */
    void reused(MintSession mint, Operation operation) {
        note(mint, of(mint, operation).plus(ahead(mint)));
    }

    private Found ahead(MintSession mint) {
        Found found = Found.NOTHING;
        for (StoredKeyset stored : mint.keysets()) {
            if (stored.active()) {
                found = found.plus(signed.from(mint, stored.keyset(), stored.nextCounter(), MOST_BATCHES));
            }
        }
        return found;
    }

    private Found of(MintSession mint, Operation operation) {
        Map<KeysetId, List<Long>> counters =
                store.transact(Isolation.READ_COMMITTED, sql -> new OutputTable(sql).of(operation.id())).stream()
                        .collect(Collectors.groupingBy(
                                PlannedOutput::keyset,
                                Collectors.mapping(PlannedOutput::counter, Collectors.toList())));
        Map<KeysetId, Keyset> keysets = mint.find(counters.keySet());
        Found found = Found.NOTHING;
        for (Keyset keyset : keysets.values()) {
            found = found.plus(signed.of(mint, keyset, counters.getOrDefault(keyset.id(), List.of())));
        }
        return found;
    }

    private void note(MintSession mint, Found found) {
        if (found.proofs() > 0) {
            mint.keysets().stream()
                    .map(stored -> stored.keyset().unit())
                    .distinct()
                    .forEach(unit -> signed.checkHeld(mint, unit));
            WalletEvents.recovered(mint.url(), found.worth(), found.proofs());
        }
    }
}
