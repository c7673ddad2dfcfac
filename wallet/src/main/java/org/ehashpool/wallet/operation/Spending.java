package org.ehashpool.wallet.operation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.operation.OperationException.Reason;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.ProofTable;
import org.ehashpool.wallet.store.WalletStore;

/** Learns what has been claimed of the tokens that the wallet sent. */
public final class Spending {

    /** Proofs of one question. */
    private static final int QUESTION = 100;

    private final WalletStore store;
    private final InstantSource clock;

    public Spending(WalletStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Asks for some of the mint's proofs in unclaimed tokens, those first that were not asked for the longest.
     *
     * @throws MintException if the mint does not say
     */
    public void look(MintSession mint) {
        List<Proof> reserved =
                store.transact(Isolation.READ_COMMITTED, sql -> new ProofTable(sql).reserved(mint.url(), QUESTION));
        if (!reserved.isEmpty()) {
            ask(mint, reserved);
        }
    }

    void look(MintSession mint, List<Proof> proofs) {
        try {
            for (int from = 0; from < proofs.size(); from += QUESTION) {
                ask(mint, proofs.subList(from, Math.min(proofs.size(), from + QUESTION)));
            }
        } catch (MintException e) {
            throw new OperationException(Reason.MINT_UNAVAILABLE, mint.url() + ": " + e.problem());
        }
    }

    private void ask(MintSession mint, List<Proof> proofs) {
        List<SpentState> states =
                mint.api().states(proofs.stream().map(Proof::y).toList());
        List<Proof> spent = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i) == SpentState.SPENT) {
                spent.add(proofs.get(i));
            }
        }
        store.transact(Isolation.READ_COMMITTED, sql -> {
            ProofTable table = new ProofTable(sql);
            table.touch(proofs, clock.instant());
            if (!spent.isEmpty()) {
                table.spent(spent, clock.instant());
            }
            return true;
        });
    }
}
