package org.ehashpool.wallet.restore;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.cashu.json.StateMessages.SpentState;
import org.ehashpool.cashu.json.SwapMessages.RestoreAnswer;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.quote.LookupSignatures;
import org.ehashpool.cashu.wallet.BlindedSecret;
import org.ehashpool.cashu.wallet.RestoreScan;
import org.ehashpool.cashu.wallet.RestoredBatch;
import org.ehashpool.cashu.wallet.WalletSeed;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.key.LockingKeys;
import org.ehashpool.wallet.mint.MintException;
import org.ehashpool.wallet.mint.MintInfo;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.KeysetTable;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationKind;
import org.ehashpool.wallet.store.OperationState;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.OutputTable;
import org.ehashpool.wallet.store.ProofState;
import org.ehashpool.wallet.store.ProofTable;
import org.ehashpool.wallet.store.StoredKeyset;
import org.ehashpool.wallet.store.WalletStore;

/** Restores at one mint after another. What is there already stays as it is. */
public final class Restoration {

    /** Keys without a quote, one after another, that end the search: as many days with a key each. */
    private static final int KEY_GAP = 100;

    /** Counters of one keyset; more than a wallet uses in its life. A mint that has signed them all is no honest one. */
    private static final long MOST_COUNTERS = 10_000_000;

    private final WalletStore store;
    private final WalletSeed seed;
    private final LockingKeys keys;
    private final InstantSource clock;
    private final SecureRandom random;

    public Restoration(WalletStore store, WalletSeed seed, LockingKeys keys, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.seed = seed;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What was found at a mint.
     *
     * @param restored worth of the proofs that were not there before, by all keysets
     * @param proofs how many they are
     * @param rejected signatures that were not by the mint's keys
     * @param keys locking keys that are known now
     */
    public record Report(BigInteger restored, int proofs, int rejected, int keys) {}

    /**
     * Finds what the seed has at a mint. Quotes that are found are there to be claimed.
     *
     * @throws MintException if the mint fails; what was found before stays, and it can be run again
     */
    public Report run(MintSession mint) {
        MintInfo info = mint.info();
        mint.refresh();
        Report report = new Report(BigInteger.ZERO, 0, 0, 0);
        for (StoredKeyset keyset : mint.keysets()) {
            report = scan(mint, keyset.keyset(), report);
        }
        long last = lastKey(mint, info);
        if (last >= 0) {
            keys.reach(last);
        }
        return new Report(
                report.restored(),
                report.proofs(),
                report.rejected(),
                keys.all().size());
    }

    private Report scan(MintSession mint, Keyset keyset, Report before) {
        Set<Long> planned = new HashSet<>(
                store.transact(Isolation.READ_COMMITTED, sql -> new OutputTable(sql).counters(keyset.id())));
        Report report = before;
        RestoreScan scan = RestoreScan.from(0);
        while (!scan.done() && scan.next() < MOST_COUNTERS) {
            List<BlindedSecret> asked = scan.batch().stream()
                    .map(counter -> seed.derive(keyset.id(), counter))
                    .toList();
            RestoreAnswer answer = mint.api()
                    .restore(asked.stream()
                            .map(secret -> secret.output(Amount.ONE))
                            .toList());
            RestoredBatch batch = RestoredBatch.of(asked, answer.outputs(), answer.signatures(), keyset);
            Set<String> elsewhere = secrets(asked, planned);
            List<Proof> unspent = unspent(
                    mint,
                    batch.proofs().stream()
                            .filter(proof -> !elsewhere.contains(proof.secret()))
                            .toList());
            scan = scan.after(batch.found());
            long unused = scan.unused();
            List<Proof> added = keep(mint, keyset, unspent, unused);
            report = new Report(
                    report.restored().add(worth(added)),
                    report.proofs() + added.size(),
                    report.rejected() + batch.rejected(),
                    report.keys());
        }
        return report;
    }

    /** Outputs of operations that this wallet remembers: those know themselves what to do with their proofs. */
    private static Set<String> secrets(List<BlindedSecret> asked, Set<Long> planned) {
        Set<String> secrets = new HashSet<>();
        asked.stream()
                .filter(secret -> planned.contains(secret.counter()))
                .forEach(secret -> secrets.add(secret.secret()));
        return secrets;
    }

    private static List<Proof> unspent(MintSession mint, List<Proof> proofs) {
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

    private List<Proof> keep(MintSession mint, Keyset keyset, List<Proof> unspent, long unused) {
        Instant now = clock.instant();
        return store.transact(Isolation.READ_COMMITTED, sql -> {
            new KeysetTable(sql).skipCounters(keyset.id(), unused);
            ProofTable table = new ProofTable(sql);
            List<PublicKey> known = unspent.isEmpty() ? List.of() : table.known(unspent);
            List<Proof> added =
                    unspent.stream().filter(proof -> !known.contains(proof.y())).toList();
            Optional<Amount> sum = Amount.sum(added.stream().map(Proof::amount).toList());
            if (!added.isEmpty()) {
                UUID id = UUID.randomUUID();
                // A hundred proofs may be worth more than an amount can say; the history then says the most it can.
                new OperationTable(sql)
                        .add(Operation.open(
                                        id,
                                        OperationKind.RESTORE,
                                        mint.url(),
                                        keyset.unit(),
                                        sum.orElse(Amount.MAXIMUM),
                                        now)
                                .withState(OperationState.DONE));
                table.add(id, added, ProofState.UNSPENT, now);
            }
            return added;
        });
    }

    private static BigInteger worth(List<Proof> proofs) {
        return proofs.stream().map(proof -> proof.amount().toBigInteger()).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The last key that any quote is locked to; -1 if none is. */
    private long lastKey(MintSession mint, MintInfo info) {
        long last = -1;
        for (long index = 0; index <= last + KEY_GAP; index++) {
            SecretKey key = seed.quoteKey(index);
            byte[] randomness = new byte[SecretKey.LENGTH];
            random.nextBytes(randomness);
            long timestamp = clock.instant().getEpochSecond();
            LookupRequest request = new LookupRequest(
                    List.of(key.publicKey()),
                    List.of(LookupSignatures.sign(info.publicKey(), key, timestamp, randomness)),
                    timestamp,
                    false,
                    OptionalLong.of(1),
                    Optional.empty());
            if (!mint.api().lookup(request).quotes().isEmpty()) {
                last = index;
            }
        }
        return last;
    }
}
