package org.ehashpool.wallet.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.wallet.session.MintSession;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationKind;
import org.ehashpool.wallet.store.OperationTable;
import org.ehashpool.wallet.store.OutputTable;
import org.ehashpool.wallet.store.ProofTable;
import org.ehashpool.wallet.store.WalletStore;

/**
 * Swaps many small proofs for few, a random subset at a time and at random times: neither the subset nor the moment
 * tells the mint which proofs came together.
 */
public final class Consolidation {

    private final Settings settings;
    private final WalletStore store;
    private final Exchanges exchanges;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Schedule schedule;

    /**
     * When and how much.
     *
     * @param mean of the exponentially distributed intervals
     * @param watermark proofs of a unit at a mint, above which there are too many
     * @param least proofs of a subset
     * @param most proofs of a subset; no more than mints take
     */
    public record Settings(Duration mean, int watermark, int least, int most) {
        public static final Settings DEFAULT = new Settings(Duration.ofMinutes(30), 100, 50, 500);

        public Settings {
            if (mean.isNegative() || mean.isZero() || watermark < 1 || least < 2 || most < least || most > 1000) {
                throw new IllegalArgumentException("a mean above 0, a watermark, and a subset of 2 to 1000 proofs");
            }
        }
    }

    /** Consolidation at one mint. One thread at a time. */
    public Consolidation(
            Settings settings, WalletStore store, Exchanges exchanges, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.store = store;
        this.exchanges = exchanges;
        this.clock = clock;
        this.random = random;
        this.schedule = new Schedule(settings.mean(), random);
    }

    /** Swaps a subset, if it is time and there are too many proofs. */
    public void run(MintSession mint, String unit) {
        if (!schedule.due(unit, clock.instant())) {
            return;
        }
        Keyset keyset = mint.active(unit);
        begin(mint, keyset).ifPresent(exchanges::attempt);
    }

    private Optional<UUID> begin(MintSession mint, Keyset keyset) {
        UUID id = UUID.randomUUID();
        boolean begun = store.transact(Isolation.READ_COMMITTED, sql -> {
            ProofTable proofs = new ProofTable(sql);
            List<Proof> chosen = choose(proofs.lockUnspent(mint.url(), keyset.unit()), settings, mint.inputs(), random);
            if (chosen.isEmpty()) {
                return false;
            }
            Swap swap = Swap.of(mint, chosen);
            List<Amount> outputs = Denominations.split(swap.rest(), keyset.keys());
            if (outputs.size() >= chosen.size()) {
                return false;
            }
            new OperationTable(sql)
                    .add(Operation.open(
                                    id,
                                    OperationKind.CONSOLIDATE,
                                    mint.url(),
                                    keyset.unit(),
                                    swap.rest(),
                                    clock.instant())
                            .withFee(swap.fee()));
            proofs.use(id, chosen, clock.instant());
            new OutputTable(sql).add(id, keyset.id(), outputs, List.of());
            return true;
        });
        return begun ? Optional.of(id) : Optional.empty();
    }

    /** A random subset of a random size, worth at most 2^64 − 1; empty if there are not too many. */
    static List<Proof> choose(List<Proof> unspent, Settings settings, int inputs, RandomGenerator random) {
        int most = Math.min(Math.min(settings.most(), inputs), unspent.size());
        if (unspent.size() <= settings.watermark() || unspent.size() < settings.least() || most < 2) {
            return List.of();
        }
        List<Proof> shuffled = new ArrayList<>(unspent);
        Collections.shuffle(shuffled, random);
        int size = random.nextInt(Math.min(settings.least(), most), most + 1);
        List<Proof> chosen = new ArrayList<>();
        Amount sum = Amount.ZERO;
        for (Proof proof : shuffled.subList(0, size)) {
            Optional<Amount> more = Amount.sum(List.of(sum, proof.amount()));
            if (more.isPresent()) {
                chosen.add(proof);
                sum = more.get();
            }
        }
        return chosen;
    }

    /** When each unit's turn is: a Poisson process of its own, so that no unit takes another's turn. */
    static final class Schedule {

        private final Duration mean;
        private final RandomGenerator random;
        private final Map<String, Instant> next = new HashMap<>();

        Schedule(Duration mean, RandomGenerator random) {
            this.mean = mean;
            this.random = random;
        }

        /** Whether it is time; if so, the next time is later. The first question only begins the process. */
        boolean due(String unit, Instant now) {
            Instant time = next.computeIfAbsent(unit, first -> after(now));
            if (now.isBefore(time)) {
                return false;
            }
            next.put(unit, after(now));
            return true;
        }

        private Instant after(Instant now) {
            double interval = -Math.log(1 - random.nextDouble()) * mean.toMillis();
            return now.plusMillis(Math.round(interval));
        }
    }
}
