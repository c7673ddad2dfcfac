package org.ehashpool.mint.operate;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.keyset.KeyDerivation;
import org.ehashpool.mint.keyset.Keysets;
import org.ehashpool.mint.store.DatabaseHistory;
import org.ehashpool.mint.store.Halt;
import org.ehashpool.mint.store.KeysetTable;
import org.ehashpool.mint.store.LedgerTable;
import org.ehashpool.mint.store.MintStatus;
import org.ehashpool.mint.store.StatusTable;
import org.ehashpool.mint.store.StoredKeyset;
import org.ehashpool.mint.store.Sums;

/**
 * The operator's commands and reports. A command holds the mint's lock alone: when it returns, every process obeys, and
 * nothing that began under the old state can commit any more. All methods block: for threads that may wait.
 */
public final class Operator {

    private final Database database;
    private final KeyDerivation derivation;
    private final Keysets keysets;
    private final InstantSource clock;

    public Operator(Database database, KeyDerivation derivation, Keysets keysets, InstantSource clock) {
        this.database = database;
        this.derivation = derivation;
        this.keysets = keysets;
        this.clock = clock;
    }

    /**
     * Gives a unit a new keyset; the one before signs no more, its proofs are still taken. Fee and expiry are part of a
     * keyset's id: this is how they are changed.
     *
     * @param inputFeePpk thousandths of the unit per input
     * @param finalExpiry seconds since the epoch, in the future
     * @throws MintRefusedException when the unit is not known, the expiry is past, or the mint is read-only
     */
    public StoredKeyset rotate(String unit, long inputFeePpk, OptionalLong finalExpiry) {
        if (inputFeePpk < 0) {
            throw new MintRefusedException("a fee is not negative");
        }
        StoredKeyset made = alone((tables, now) -> {
            refuseUnknown(tables, unit);
            if (finalExpiry.isPresent() && finalExpiry.getAsLong() <= now.getEpochSecond()) {
                throw new MintRefusedException("the expiry is past already");
            }
            tables.keysets().deactivate(unit, now);
            Rotation.addKeyset(tables.keysets(), derivation, unit, inputFeePpk, finalExpiry, now);
            return tables.keysets().active(unit).orElseThrow();
        });
        keysets.read();
        return made;
    }

    /**
     * Lets a unit sign no more, until it is rotated.
     *
     * @throws MintRefusedException when the unit is not known, or the mint is read-only
     */
    public void deactivate(String unit) {
        alone((tables, now) -> {
            refuseUnknown(tables, unit);
            tables.keysets().deactivate(unit, now);
            return unit;
        });
        keysets.read();
    }

    /** Makes no more quotes, so that mining goes on and its credits wait, until {@link #resumeQuoting}. */
    public void stopQuoting(String reason) {
        transact((tables, now) -> {
            tables.status().quotingStopped(new Halt(now, reason));
            return reason;
        });
        MintEvents.quotingStopped(reason);
    }

    /** Makes quotes again. */
    public void resumeQuoting() {
        transact((tables, now) -> {
            tables.status().quotingStopped(null);
            return now;
        });
        MintEvents.quotingResumed();
    }

    /**
     * Sets or removes the limit of what may be owed in a unit. Quotes that would exceed it are refused, to be asked for
     * again later; nothing else is.
     *
     * @throws MintRefusedException when the unit is not known
     */
    public void limit(String unit, Optional<Amount> limit) {
        transact((tables, now) -> {
            refuseUnknown(tables, unit);
            return tables.keysets().limit(unit, limit.orElse(null));
        });
        MintEvents.limitChanged(unit, limit.map(Amount::toString).orElse("none"));
    }

    /**
     * Ends read-only after a restore, a move or a promotion that may have lost commits: retires every keyset, gives
     * each unit that had an active one a successor, and states what may be lost.
     *
     * @throws MintRefusedException when the mint is not read-only
     */
    public RetireReport retire() {
        RetireReport report = transact((tables, now) -> {
            Optional<Halt> halt = tables.status().read().flatMap(MintStatus::readOnly);
            if (halt.isEmpty()) {
                throw new MintRefusedException("the mint is not read-only: there is nothing to retire");
            }
            List<RetireReport.PossibleLoss> losses = new ArrayList<>();
            sumsOfUnits(tables.ledger().entries())
                    .forEach((unit, sums) ->
                            losses.add(new RetireReport.PossibleLoss(unit, sums.circulating(), sums.mintable())));
            List<StoredKeyset> before = tables.keysets().all();
            tables.keysets().retireAll(now);
            List<KeysetId> successors = before.stream()
                    .filter(StoredKeyset::active)
                    .map(keyset -> Rotation.addKeyset(
                            tables.keysets(),
                            derivation,
                            keyset.unit(),
                            keyset.inputFeePpk(),
                            keyset.expired(now) ? OptionalLong.empty() : keyset.finalExpiry(),
                            now))
                    .toList();
            tables.quotes().forgetForeignCreations();
            tables.status().accept(DatabaseHistory.read(tables.sql()));
            return new RetireReport(
                    halt,
                    tables.newest(),
                    before.stream()
                            .filter(keyset -> keyset.retiredAt().isEmpty())
                            .map(StoredKeyset::id)
                            .toList(),
                    successors,
                    losses);
        });
        keysets.read();
        report.losses().forEach(loss -> MintEvents.retired(loss.unit(), loss.circulating(), loss.mintable()));
        return report;
    }

    /**
     * Ends read-only for an operator who knows that nothing was lost, as after a promotion of a synchronous replica.
     *
     * @throws MintRefusedException when the mint is not read-only
     */
    public void releaseWithoutLoss() {
        transact((tables, now) -> {
            if (tables.status().read().flatMap(MintStatus::readOnly).isEmpty()) {
                throw new MintRefusedException("the mint is not read-only");
            }
            tables.quotes().forgetForeignCreations();
            tables.status().accept(DatabaseHistory.read(tables.sql()));
            return now;
        });
    }

    /** What all processes agree on. */
    public MintStatus status() {
        return database.transactBlocking(
                Isolation.READ_COMMITTED, sql -> new StatusTable(sql).read().orElseThrow());
    }

    /** What was issued, redeemed and is owed, of one moment. */
    public Liabilities liabilities() {
        return database.transactBlocking(Isolation.REPEATABLE_READ, sql -> {
            List<LedgerTable.Entry> entries = new LedgerTable(sql).entries();
            KeysetTable keysetTable = new KeysetTable(sql);
            Map<String, Amount> limits = keysetTable.limits();
            Map<Integer, Sums> byKeyset = new HashMap<>();
            entries.forEach(entry -> byKeyset.put(entry.account().keyset(), entry.sums()));
            Map<String, Sums> byUnit = sumsOfUnits(entries);
            return new Liabilities(
                    clock.instant(),
                    keysetTable.units().keySet().stream()
                            .map(unit -> new Liabilities.OfUnit(
                                    unit, byUnit.getOrDefault(unit, Sums.NONE), Optional.ofNullable(limits.get(unit))))
                            .toList(),
                    keysetTable.all().stream()
                            .map(keyset ->
                                    new Liabilities.OfKeyset(keyset, byKeyset.getOrDefault(keyset.number(), Sums.NONE)))
                            .toList());
        });
    }

    private static Map<String, Sums> sumsOfUnits(List<LedgerTable.Entry> entries) {
        Map<String, Sums> sums = new HashMap<>();
        entries.forEach(entry -> sums.merge(entry.account().unit(), entry.sums(), Sums::plus));
        return sums;
    }

    private static void refuseUnknown(CommandTables tables, String unit) {
        if (!tables.keysets().units().containsKey(unit)) {
            throw new MintRefusedException("no such unit: " + unit);
        }
    }

    /** A command that a read-only mint refuses. */
    private <T> T alone(BiFunction<CommandTables, Instant, T> command) {
        return transact((tables, now) -> {
            tables.status().read().flatMap(MintStatus::readOnly).ifPresent(halt -> {
                throw new MintRefusedException("the mint is read-only: " + halt.reason());
            });
            return command.apply(tables, now);
        });
    }

    private <T> T transact(BiFunction<CommandTables, Instant, T> command) {
        return database.transactBlocking(Isolation.READ_COMMITTED, sql -> {
            CommandTables tables = new CommandTables(sql);
            tables.status().takeAlone();
            return command.apply(tables, clock.instant());
        });
    }
}
