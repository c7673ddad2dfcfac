package org.ehashpool.mint.operate;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.keyset.UnitStep;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.keyset.KeyDerivation;
import org.ehashpool.mint.store.DatabaseHistory;
import org.ehashpool.mint.store.Halt;
import org.ehashpool.mint.store.KeysetTable;
import org.ehashpool.mint.store.MintStatus;
import org.ehashpool.mint.store.StatusTable;
import org.jooq.DSLContext;

/** The first look at a database: makes it the mint's own, or finds out whether it still is. */
public final class Opening {

    private final Database database;
    private final KeyDerivation derivation;
    private final InstantSource clock;

    public Opening(Database database, KeyDerivation derivation, InstantSource clock) {
        this.database = database;
        this.derivation = derivation;
        this.clock = clock;
    }

    /** Whether a mint has used the database before. Blocks. */
    public static boolean isUsed(Database database) {
        return database.transactBlocking(
                Isolation.READ_COMMITTED, sql -> new StatusTable(sql).read().isPresent());
    }

    /**
     * Opens the database for a mint. Blocks. A database that may lack commits, since it was restored, moved or
     * promoted, is read-only from then on.
     *
     * @param profile {@code ehash} or {@code test}; a database is of one for ever
     * @param units that the mint issues; each gets a keyset when it has none
     * @throws MintRefusedException when the database is another mint's or another profile's
     */
    public MintStatus open(String profile, List<String> units) {
        return database.transactBlocking(Isolation.READ_COMMITTED, sql -> {
            StatusTable status = new StatusTable(sql);
            status.takeAlone();
            Optional<MintStatus> known = status.read();
            if (known.isEmpty()) {
                status.create(profile, derivation.mintKey().toString(), DatabaseHistory.read(sql), clock.instant());
            } else {
                refuseForeign(known.get(), profile);
                checkHistory(sql, known.get());
            }
            MintStatus now = status.read().orElseThrow();
            if (now.readOnly().isEmpty()) {
                units.forEach(unit -> addUnit(sql, unit));
            }
            return now;
        });
    }

    /**
     * Looks whether the database still is the one that the operator knows. Blocks.
     *
     * @return the present status
     */
    public MintStatus look() {
        record Seen(MintStatus status, boolean doubtful) {}
        Seen seen = database.transactBlocking(Isolation.READ_COMMITTED, sql -> {
            MintStatus status = new StatusTable(sql).read().orElseThrow();
            return new Seen(
                    status,
                    status.readOnly().isEmpty() && !DatabaseHistory.read(sql).equals(status.history()));
        });
        if (!seen.doubtful()) {
            return seen.status();
        }
        return database.transactBlocking(Isolation.READ_COMMITTED, sql -> {
            StatusTable status = new StatusTable(sql);
            status.takeAlone();
            checkHistory(sql, status.read().orElseThrow());
            return status.read().orElseThrow();
        });
    }

    private void refuseForeign(MintStatus known, String profile) {
        if (!known.profile().equals(profile)) {
            throw new MintRefusedException("the database belongs to a mint of the profile " + known.profile()
                    + "; one of the profile " + profile + " needs its own");
        }
        if (!known.publicKey().equals(derivation.mintKey().toString())) {
            throw new MintRefusedException("the database belongs to the mint " + known.publicKey()
                    + "; this seed is of the mint " + derivation.mintKey().toString());
        }
    }

    private void checkHistory(DSLContext sql, MintStatus known) {
        DatabaseHistory now = DatabaseHistory.read(sql);
        if (known.readOnly().isEmpty() && !now.equals(known.history())) {
            String reason = now.differenceFrom(known.history());
            new StatusTable(sql).readOnly(new Halt(clock.instant(), reason));
            MintEvents.readOnly(reason);
        }
    }

    private void addUnit(DSLContext sql, String unit) {
        KeysetTable keysets = new KeysetTable(sql);
        Map<String, Long> units = keysets.units();
        if (!units.containsKey(unit)) {
            UnitStep.collision(unit, units.keySet()).ifPresent(other -> {
                throw new MintRefusedException(
                        "the units " + unit + " and " + other + " would share their keys: choose another name");
            });
            keysets.addUnit(unit, UnitStep.of(unit));
        }
        if (keysets.nextIndex(unit) == 0) {
            Rotation.addKeyset(keysets, derivation, unit, 0, OptionalLong.empty(), clock.instant());
        }
    }
}
