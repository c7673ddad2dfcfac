package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Tables.TIP;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Previous hashes and their numbers, and the partitions that shares of those numbers go to. For one thread at a time;
 * blocks.
 */
final class Tips {
    private static final int REMEMBERED = 64;

    private final Supplier<Database> database;
    private final SharePartitions partitions = new SharePartitions();
    private final Map<U256, Integer> known = new LinkedHashMap<>(2 * REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<U256, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    Tips(Supplier<Database> database) {
        this.database = database;
    }

    /** The numbers of previous hashes, given now to those that have none. */
    Map<U256, Integer> numbers(Collection<U256> previousHashes) {
        Map<U256, Integer> numbers = new HashMap<>();
        Set<U256> missing = new HashSet<>();
        for (U256 hash : previousHashes) {
            Integer number = known.get(hash);
            if (number == null) {
                missing.add(hash);
            } else {
                numbers.put(hash, number);
            }
        }
        for (U256 hash : missing) {
            int number = database.get()
                    .transactBlocking(Isolation.READ_COMMITTED, sql -> number(sql, hash.toLittleEndian()));
            known.put(hash, number);
            numbers.put(hash, number);
        }
        return numbers;
    }

    /** Looks first, because an insert that comes to nothing uses up a number all the same. */
    private int number(DSLContext sql, Bytes hash) {
        byte[] bytes = hash.toByteArray();
        Integer found =
                sql.select(TIP.ID).from(TIP).where(TIP.PREVIOUS_HASH.eq(bytes)).fetchOne(TIP.ID);
        if (found == null) {
            found = sql.insertInto(TIP)
                    .set(TIP.PREVIOUS_HASH, bytes)
                    .onConflict(TIP.PREVIOUS_HASH)
                    .doUpdate()
                    // Another node was faster: its row is the answer.
                    .set(TIP.PREVIOUS_HASH, DSL.excluded(TIP.PREVIOUS_HASH))
                    .returningResult(TIP.ID)
                    .fetchSingle(TIP.ID);
        }
        int tip = Objects.requireNonNull(found);
        partitions.ensure(sql, tip);
        return tip;
    }
}
