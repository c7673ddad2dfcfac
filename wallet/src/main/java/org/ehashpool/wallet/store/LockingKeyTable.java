package org.ehashpool.wallet.store;

import static org.ehashpool.wallet.generated.Tables.LOCKING_KEY;

import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.wallet.generated.tables.records.LockingKeyRecord;
import org.jooq.DSLContext;

/** Keys that quotes are locked to. */
public record LockingKeyTable(DSLContext sql) {

    /** Adds a key, unless its index has one. */
    public void add(LockingKey key) {
        sql.insertInto(LOCKING_KEY)
                .set(LOCKING_KEY.KEY_INDEX, key.index())
                .set(LOCKING_KEY.PUBLIC_KEY, key.publicKey().toBytes())
                .set(LOCKING_KEY.CREATED_AT, key.createdAt())
                .onConflict(LOCKING_KEY.KEY_INDEX)
                .doNothing()
                .execute();
    }

    /** The one in use. */
    public Optional<LockingKey> newest() {
        return sql.selectFrom(LOCKING_KEY)
                .orderBy(LOCKING_KEY.KEY_INDEX.desc())
                .limit(1)
                .fetchOptional(LockingKeyTable::key);
    }

    /** All of them, the newest first. */
    public List<LockingKey> all() {
        return sql.selectFrom(LOCKING_KEY).orderBy(LOCKING_KEY.KEY_INDEX.desc()).fetch(LockingKeyTable::key);
    }

    private static LockingKey key(LockingKeyRecord row) {
        return new LockingKey(row.getKeyIndex(), PublicKey.of(row.getPublicKey()), row.getCreatedAt());
    }
}
