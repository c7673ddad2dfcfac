package org.ehashpool.pool.audit;

import static org.ehashpool.pool.generated.Tables.QUOTE_ORDER;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads for auditors. All methods block: for threads that may wait; {@link #ledger} reads every row there is. */
final class Audit {
    /** Orders of a page. */
    static final int PAGE = 5_000;

    private final Supplier<Database> database;

    Audit(Supplier<Database> database) {
        this.database = database;
    }

    /**
     * Orders in the order of their share hashes as computed. An order that is made while pages are read may be missed,
     * one that was there before the first page never.
     *
     * @param after the last share hash of the page before; empty for the first page
     */
    List<AuditedOrder> orders(Optional<U256> after) {
        byte[] from = after.map(hash -> hash.toLittleEndian().toByteArray()).orElse(new byte[0]);
        return database.get()
                .transactBlocking(
                        Isolation.READ_COMMITTED,
                        sql -> sql.selectFrom(QUOTE_ORDER)
                                .where(QUOTE_ORDER.SHARE_HASH.gt(from))
                                .orderBy(QUOTE_ORDER.SHARE_HASH)
                                .limit(PAGE)
                                .fetch(row -> new AuditedOrder(
                                        U256.fromLittleEndian(row.getShareHash(), 0),
                                        Optional.ofNullable(row.getMintKey()).map(Bytes::of),
                                        row.getState(),
                                        Optional.ofNullable(row.getQuoteId()),
                                        row.getShareCount(),
                                        Long.toUnsignedString(row.getAmount()),
                                        row.getUnit(),
                                        Bytes.of(row.getLockingKey()),
                                        row.getBoundAt())));
    }

    /** The ledger beside its rows, all of one moment. */
    AuditedLedger ledger() {
        return database.get()
                .transactBlocking(
                        Isolation.REPEATABLE_READ,
                        sql -> new AuditedLedger(
                                sql.resultQuery("select now()").fetchSingle().getValue(0, Instant.class),
                                units(sql),
                                count(sql, "select coalesce(sum(shares), 0) from keyless"),
                                count(sql, """
                        select count(*) from quote_order
                        left join (select order_id, count(*) as shares, sum(amount) as amount from share
                                   where order_id is not null group by order_id) part on part.order_id = quote_order.id
                        where quote_order.amount <> coalesce(part.amount, 0)
                           or quote_order.share_count <> coalesce(part.shares, 0)"""),
                                count(sql, "select count(*) from quote_order where state = 'unbound'"),
                                count(sql, "select count(distinct order_id) from reassigned_order"),
                                count(sql, """
                        select count(*) from (select locking_key, unit, sum(amount) as amount, sum(shares) as shares
                            from carry group by locking_key, unit) kept
                        full join (select locking_key, unit, sum(amount) as amount from share
                            where amount is not null group by locking_key, unit) found
                            on found.locking_key = kept.locking_key and found.unit = kept.unit
                        where coalesce(kept.amount, 0) <> coalesce(found.amount, 0)""")));
    }

    private static List<AuditedLedger.Unit> units(DSLContext sql) {
        return sql.resultQuery("""
                        select share.unit, count(*), sum(share.amount),
                            coalesce(sum(share.amount) filter (where share.order_id is null), 0),
                            coalesce(sum(share.amount) filter (where quote_order.state <> 'quoted'), 0),
                            coalesce(sum(share.amount) filter (where quote_order.state = 'quoted'), 0)
                        from share left join quote_order on quote_order.id = share.order_id
                        where share.amount is not null group by share.unit order by share.unit""")
                .fetch(row -> new AuditedLedger.Unit(
                        row.getValue(0, String.class),
                        row.getValue(1, Long.class),
                        number(row, 2),
                        number(row, 3),
                        number(row, 4),
                        number(row, 5)));
    }

    private static BigInteger number(Record row, int column) {
        return row.getValue(column, BigInteger.class);
    }

    private static long count(DSLContext sql, String question) {
        return sql.resultQuery(question).fetchSingle().getValue(0, Long.class);
    }
}
