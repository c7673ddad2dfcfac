package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Tables.CARRY;
import static org.ehashpool.pool.generated.Tables.KEYLESS;

import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.type.Bytes;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What the ledger has in all, of all nodes. */
public final class LedgerFigures {
    private final Supplier<Database> database;

    /** Of a database that is open when it is asked. */
    public LedgerFigures(Supplier<Database> database) {
        this.database = database;
    }

    /**
     * Sums of what was credited, by one policy.
     *
     * @param policy its name
     * @param keys how many there are
     * @param shares that were paid for, or added to what is left over
     * @param amount credited
     * @param carry left over, in millionths of the policy's measure
     * @param lastCreditedAt null if never
     */
    public record Credited(
            String policy,
            long keys,
            long shares,
            BigInteger amount,
            BigInteger carry,
            @Nullable Instant lastCreditedAt) {}

    /**
     * All of it.
     *
     * @param credited by policy
     * @param keylessShares shares that nobody is paid for
     * @param keylessWork their expected hashes
     */
    public record Totals(List<Credited> credited, BigInteger keylessShares, BigInteger keylessWork) {}

    /** Of all keys. */
    public Future<Totals> totals() {
        return database.get().read(Isolation.REPEATABLE_READ, sql -> {
            var keyless = sql.select(
                            DSL.coalesce(DSL.sum(KEYLESS.SHARES), DSL.inline(0)),
                            DSL.coalesce(DSL.sum(KEYLESS.WORK), DSL.inline(0)))
                    .from(KEYLESS)
                    .fetchSingle();
            return new Totals(
                    credited(sql, DSL.noCondition()),
                    keyless.get(0, BigInteger.class),
                    keyless.get(1, BigInteger.class));
        });
    }

    /** Of one key; empty if it never had a share. */
    public Future<List<Credited>> of(Bytes lockingKey) {
        return database.get()
                .read(Isolation.REPEATABLE_READ, sql -> credited(sql, CARRY.LOCKING_KEY.eq(lockingKey.toByteArray())));
    }

    private static List<Credited> credited(DSLContext sql, Condition which) {
        return sql.select(
                        CARRY.POLICY,
                        DSL.countDistinct(CARRY.LOCKING_KEY),
                        DSL.sum(CARRY.SHARES),
                        DSL.sum(CARRY.AMOUNT),
                        DSL.sum(CARRY.CARRY_),
                        DSL.max(CARRY.UPDATED_AT))
                .from(CARRY)
                .where(CARRY.UNIT.eq(PayTerms.UNIT))
                .and(which)
                .groupBy(CARRY.POLICY)
                .orderBy(CARRY.POLICY)
                .fetch(row -> new Credited(
                        row.value1(),
                        row.value2(),
                        row.get(2, Long.class),
                        row.get(3, BigInteger.class),
                        row.get(4, BigInteger.class),
                        row.value6()));
    }
}
