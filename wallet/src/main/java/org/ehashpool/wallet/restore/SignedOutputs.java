package org.ehashpool.wallet.restore;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.json.SwapMessages.RestoreAnswer;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.wallet.BlindedSecret;
import org.ehashpool.cashu.wallet.RestoreScan;
import org.ehashpool.cashu.wallet.RestoredBatch;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintFaultException;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.KeysetTable;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationKind;
import org.ehashpool.wallet.store.OperationState;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.OutputTable;
import org.ehashpool.wallet.store.ProofState;
import org.ehashpool.wallet.store.ProofTable;
import org.ehashpool.wallet.store.WalletStore;

/**
 * Outputs of the seed that mints have signed (NUT-09), whatever the wallet remembers of them. What is found unspent and
 * was not known is the wallet's; what it knows stays as it is.
 */
public final class SignedOutputs {

    private final WalletStore store;
    private final WalletSeed seed;
    private final InstantSource clock;

    public SignedOutputs(WalletStore store, WalletSeed seed, InstantSource clock) {
        this.store = store;
        this.seed = seed;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param worth of the proofs that were not there before, by all keysets
     * @param proofs how many they are
     * @param signed outputs that the mint has signed, known or not, spent or not
     * @param rejected signatures that were not by the mint's keys
     */
    public record Found(BigInteger worth, int proofs, int signed, int rejected) {
        public static final Found NOTHING = new Found(BigInteger.ZERO, 0, 0, 0);

        public Found plus(Found other) {
            return new Found(
                    worth.add(other.worth),
                    Math.addExact(proofs, other.proofs),
                    Math.addExact(signed, other.signed),
                    Math.addExact(rejected, other.rejected));
        }
    }

    /**
     * Scans a keyset from a counter on, until there is nothing for long enough. None of the counters that were found is
     * taken again. Outputs of operations that are open are left to these.
     *
     * @param most batches of a hundred; a mint that has signed them all is no honest one
     * @throws MintException if the mint fails; what was found before stays
     */
    public Found from(MintSession mint, Keyset keyset, long first, long most) {
        Set<Long> open = new HashSet<>(
                store.transact(Isolation.READ_COMMITTED, sql -> new OutputTable(sql).openCounters(keyset.id())));
        Found found = Found.NOTHING;
        RestoreScan scan = RestoreScan.from(first);
        for (long batches = 0; !scan.done() && batches < most; batches++) {
            Batch batch = ask(mint, keyset, scan.batch(), open);
            scan = scan.after(batch.counters());
            found = found.plus(keep(mint, keyset, batch, scan.unused()));
        }
        return found;
    }

    /**
     * Seeks outputs of some counters, at most a hundred of them at a time.
     *
     * @param counters which no open operation has, but for the one that asks
     * @throws MintException if the mint fails; what was found before stays
     */
    public Found of(MintSession mint, Keyset keyset, List<Long> counters) {
        Found found = Found.NOTHING;
        for (int from = 0; from < counters.size(); from += RestoreScan.BATCH) {
            List<Long> asked = counters.subList(from, Math.min(counters.size(), from + RestoreScan.BATCH));
            found = found.plus(keep(mint, keyset, ask(mint, keyset, asked, Set.of()), 0));
        }
        return found;
    }

    /**
     * What the wallet takes for unspent may be spent: by another wallet of the seed, or by a request that came late.
     *
     * @throws MintException if the mint fails
     */
    public void checkHeld(MintSession mint, String unit) {
        List<Proof> held =
                store.transact(Isolation.READ_COMMITTED, sql -> new ProofTable(sql).lockUnspent(mint.url(), unit));
        for (int from = 0; from < held.size(); from += RestoreScan.BATCH) {
            List<Proof> asked = held.subList(from, Math.min(held.size(), from + RestoreScan.BATCH));
            Set<PublicKey> unspent = unspent(mint, asked).stream().map(Proof::y).collect(Collectors.toSet());
            List<Proof> spent =
                    asked.stream().filter(proof -> !unspent.contains(proof.y())).toList();
            if (!spent.isEmpty()) {
                store.transact(Isolation.READ_COMMITTED, sql -> {
                    new ProofTable(sql).lost(spent, clock.instant());
                    return true;
                });
            }
        }
    }

    /** Counters that were signed, and the proofs among them that can be spent. */
    private record Batch(List<Long> counters, List<Proof> unspent, int rejected) {}

    private Batch ask(MintSession mint, Keyset keyset, List<Long> counters, Set<Long> open) {
        List<BlindedSecret> secrets = counters.stream()
                .map(counter -> seed.derive(keyset.id(), counter))
                .toList();
        RestoreAnswer answer = mint.api()
                .restore(secrets.stream()
                        .map(secret -> secret.output(Amount.ONE))
                        .toList());
        RestoredBatch batch;
        try {
            batch = RestoredBatch.of(secrets, answer.outputs(), answer.signatures(), keyset);
        } catch (IllegalArgumentException e) {
            throw new MintFaultException("the answer to a restore: " + e.getMessage());
        }
        Set<String> elsewhere = new HashSet<>();
        secrets.stream()
                .filter(secret -> open.contains(secret.counter()))
                .forEach(secret -> elsewhere.add(secret.secret()));
        List<Proof> proofs = batch.proofs().stream()
                .filter(proof -> !elsewhere.contains(proof.secret()))
                .toList();
        return new Batch(batch.found(), unspent(mint, proofs), batch.rejected());
    }

    /** Those that are not spent, at most a hundred. */
    private static List<Proof> unspent(MintSession mint, Collection<Proof> asked) {
        List<Proof> proofs = List.copyOf(asked);
        if (proofs.isEmpty()) {
            return List.of();
        }
        List<SpentState> states =
                mint.api().states(proofs.stream().map(Proof::y).toList());
        List<Proof> unspent = new ArrayList<>();
        for (int i = 0; i < proofs.size(); i++) {
            if (states.get(i) != SpentState.SPENT) {
                unspent.add(proofs.get(i));
            }
        }
        return unspent;
    }

    private Found keep(MintSession mint, Keyset keyset, Batch batch, long unused) {
        Instant now = clock.instant();
        List<Proof> unspent = batch.unspent();
        List<Proof> added = store.transact(Isolation.READ_COMMITTED, sql -> {
            new KeysetTable(sql).skipCounters(keyset.id(), unused);
            ProofTable table = new ProofTable(sql);
            List<PublicKey> known = unspent.isEmpty() ? List.of() : table.known(unspent);
            List<Proof> unknown =
                    unspent.stream().filter(proof -> !known.contains(proof.y())).toList();
            if (!unknown.isEmpty()) {
                UUID id = UUID.randomUUID();
                // A hundred proofs may be worth more than an amount can say; the history then says the most it can.
                Amount sum =
                        Amount.sum(unknown.stream().map(Proof::amount).toList()).orElse(Amount.MAXIMUM);
                new OperationTable(sql)
                        .add(Operation.open(id, OperationKind.RESTORE, mint.url(), keyset.unit(), sum, now)
                                .withState(OperationState.DONE));
                table.add(id, unknown, ProofState.UNSPENT, now);
            }
            return unknown;
        });
        return new Found(worth(added), added.size(), batch.counters().size(), batch.rejected());
    }

    private static BigInteger worth(List<Proof> proofs) {
        return proofs.stream().map(proof -> proof.amount().toBigInteger()).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
