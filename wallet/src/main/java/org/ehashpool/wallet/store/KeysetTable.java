package org.ehashpool.wallet.store;

import static org.ehashpool.wallet.generated.Tables.KEYSET;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.KeyMessages.KeysAnswer;
import org.ehashpool.cashu.json.KeyMessages.PublishedKeys;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.wallet.generated.tables.records.KeysetRecord;
import org.ehashpool.wallet.mint.MintUrl;
import org.jooq.DSLContext;

/** Keysets of mints, and how far their counters are. */
public record KeysetTable(DSLContext sql) {

    private static final int LONGEST_KEYS = 1 << 20;

    /** Adds a keyset, whose keys have been checked against its id. */
    public void add(MintUrl mint, Keyset keyset, boolean active) {
        sql.insertInto(KEYSET)
                .set(KEYSET.ID, keyset.id().toBytes())
                .set(KEYSET.MINT, mint.text())
                .set(KEYSET.UNIT, keyset.unit())
                .set(KEYSET.INPUT_FEE_PPK, keyset.inputFeePpk())
                .set(
                        KEYSET.FINAL_EXPIRY,
                        keyset.finalExpiry().isPresent()
                                ? (Long) keyset.finalExpiry().getAsLong()
                                : null)
                .set(KEYSET.ACTIVE, active)
                .set(KEYSET.KEYS, new KeysAnswer(List.of(new PublishedKeys(keyset, active))).encode())
                .onConflict(KEYSET.ID)
                .doNothing()
                .execute();
    }

    public void setActive(KeysetId id, boolean active) {
        sql.update(KEYSET)
                .set(KEYSET.ACTIVE, active)
                .where(KEYSET.ID.eq(id.toBytes()))
                .and(KEYSET.ACTIVE.ne(active))
                .execute();
    }

    /** Of the ids, whichever are known. */
    public List<StoredKeyset> find(Collection<KeysetId> ids) {
        return sql.selectFrom(KEYSET)
                .where(KEYSET.ID.in(ids.stream().map(KeysetId::toBytes).toList()))
                .fetch(KeysetTable::keyset);
    }

    public Optional<StoredKeyset> find(KeysetId id) {
        return find(List.of(id)).stream().findFirst();
    }

    /** All that a mint has or had. */
    public List<StoredKeyset> ofMint(MintUrl mint) {
        return sql.selectFrom(KEYSET).where(KEYSET.MINT.eq(mint.text())).fetch(KeysetTable::keyset);
    }

    /**
     * Takes counters that no output has had.
     *
     * @return the first of them
     */
    public long takeCounters(KeysetId id, int count) {
        Long next = sql.update(KEYSET)
                .set(KEYSET.NEXT_COUNTER, KEYSET.NEXT_COUNTER.plus(count))
                .where(KEYSET.ID.eq(id.toBytes()))
                .returningResult(KEYSET.NEXT_COUNTER)
                .fetchSingle()
                .value1();
        return next - count;
    }

    /** Never again takes a counter below that. */
    public void skipCounters(KeysetId id, long first) {
        sql.update(KEYSET)
                .set(KEYSET.NEXT_COUNTER, first)
                .where(KEYSET.ID.eq(id.toBytes()))
                .and(KEYSET.NEXT_COUNTER.lt(first))
                .execute();
    }

    private static StoredKeyset keyset(KeysetRecord row) {
        Keyset published = KeysAnswer.read(JsonText.read(row.getKeys(), LONGEST_KEYS))
                .keysets()
                .getFirst()
                .keyset();
        Keyset keyset = new Keyset(
                KeysetId.of(row.getId()),
                row.getUnit(),
                row.getInputFeePpk(),
                row.getFinalExpiry() == null ? OptionalLong.empty() : OptionalLong.of(row.getFinalExpiry()),
                published.keys());
        return new StoredKeyset(new MintUrl(row.getMint()), keyset, row.getActive(), row.getNextCounter());
    }
}
