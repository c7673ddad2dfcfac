package org.ehashpool.mint.store;

import static org.ehashpool.mint.generated.Tables.KEYSET;
import static org.ehashpool.mint.generated.Tables.UNIT;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.mint.generated.tables.records.KeysetRecord;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Units and keysets. Whoever changes them holds the mint's lock alone. */
public record KeysetTable(DSLContext sql) {

    /** All of them, in the order in which they were made. */
    public List<StoredKeyset> all() {
        return sql.selectFrom(KEYSET).orderBy(KEYSET.NUMBER).fetch(KeysetTable::keyset);
    }

    /** Those of the numbers, by number. Under the mint's lock, they stay what they are until the commit. */
    public Map<Integer, StoredKeyset> find(Collection<Integer> numbers) {
        return sql.selectFrom(KEYSET)
                .where(KEYSET.NUMBER.eq(DSL.any(numbers.toArray(Integer[]::new))))
                .fetchMap(KEYSET.NUMBER, KeysetTable::keyset);
    }

    /** The unit's keyset that signs. */
    public Optional<StoredKeyset> active(String unit) {
        return sql.selectFrom(KEYSET)
                .where(KEYSET.UNIT.eq(unit))
                .and(KEYSET.ACTIVE)
                .fetchOptional(KeysetTable::keyset);
    }

    /** The first index of the unit that no keyset has had. */
    public long nextIndex(String unit) {
        Long highest = sql.select(DSL.max(KEYSET.DERIVATION_INDEX))
                .from(KEYSET)
                .where(KEYSET.UNIT.eq(unit))
                .fetchSingle()
                .value1();
        return highest == null ? 0 : highest + 1;
    }

    /** Adds an active keyset; the one before has to be inactive by now. */
    public void add(KeysetId id, String unit, long index, long inputFeePpk, OptionalLong finalExpiry, Instant now) {
        sql.insertInto(KEYSET)
                .set(KEYSET.ID, id.toBytes())
                .set(KEYSET.UNIT, unit)
                .set(KEYSET.DERIVATION_INDEX, index)
                .set(KEYSET.INPUT_FEE_PPK, inputFeePpk)
                .set(KEYSET.FINAL_EXPIRY, finalExpiry.isPresent() ? finalExpiry.getAsLong() : null)
                .set(KEYSET.ACTIVE, true)
                .set(KEYSET.CREATED_AT, now)
                .execute();
    }

    /** Lets the unit's active keyset sign no more. */
    public void deactivate(String unit, Instant now) {
        sql.update(KEYSET)
                .set(KEYSET.ACTIVE, false)
                .set(KEYSET.DEACTIVATED_AT, now)
                .where(KEYSET.UNIT.eq(unit))
                .and(KEYSET.ACTIVE)
                .execute();
    }

    /** Marks everything there is as retired. */
    public void retireAll(Instant now) {
        sql.update(KEYSET)
                .set(KEYSET.DEACTIVATED_AT, now)
                .set(KEYSET.ACTIVE, false)
                .where(KEYSET.ACTIVE)
                .execute();
        sql.update(KEYSET)
                .set(KEYSET.RETIRED_AT, now)
                .where(KEYSET.RETIRED_AT.isNull())
                .execute();
    }

    /** Makes the unit known. Fails when another unit has its derivation step. */
    public void addUnit(String unit, long derivationStep) {
        sql.insertInto(UNIT)
                .set(UNIT.NAME, unit)
                .set(UNIT.DERIVATION_STEP, derivationStep)
                .execute();
    }

    /** Every unit the database knows, with its derivation step. */
    public Map<String, Long> units() {
        return sql.selectFrom(UNIT).orderBy(UNIT.NAME).fetchMap(UNIT.NAME, UNIT.DERIVATION_STEP);
    }

    /** What may be owed at most in each unit that has a limit. */
    public Map<String, Amount> limits() {
        return sql.selectFrom(UNIT)
                .where(UNIT.OUTSTANDING_LIMIT.isNotNull())
                .fetchMap(UNIT.NAME, row -> Amount.of(row.getOutstandingLimit()));
    }

    /**
     * Sets or, with nothing, removes the limit of what may be owed in a unit.
     *
     * @return whether there is such a unit
     */
    public boolean limit(String unit, @Nullable Amount limit) {
        return sql.update(UNIT)
                        .set(UNIT.OUTSTANDING_LIMIT, limit == null ? null : limit.toLong())
                        .where(UNIT.NAME.eq(unit))
                        .execute()
                == 1;
    }

    private static StoredKeyset keyset(KeysetRecord row) {
        return new StoredKeyset(
                row.getNumber(),
                KeysetId.of(row.getId()),
                row.getUnit(),
                row.getDerivationIndex(),
                row.getInputFeePpk(),
                row.getFinalExpiry() == null ? OptionalLong.empty() : OptionalLong.of(row.getFinalExpiry()),
                row.getActive(),
                row.getCreatedAt(),
                Optional.ofNullable(row.getDeactivatedAt()),
                Optional.ofNullable(row.getRetiredAt()));
    }
}
