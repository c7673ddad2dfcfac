package org.ehashpool.pool.outbox;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.sv2.type.Bytes;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** What an operator does to orders by hand; kept, because the audit reports it. Blocks. */
final class Interventions {

    private static final int CHUNK = 10_000;

    private final Database database;

    Interventions(Database database) {
        this.database = database;
    }

    /** Why something was done. */
    enum Kind {
        /** A mint is lost for ever: other mints make the quotes that it has not made. */
        REASSIGNED("reassigned"),
        /** A mint was restored and may have lost quotes: it is asked for them again. */
        RESENT("resent");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /**
     * What was done.
     *
     * @param id of the row
     * @param orders how many it concerned
     * @param amount their sum, in whatever units
     */
    record Done(long id, long orders, BigInteger amount) {
        private Done plus(Done other) {
            return new Done(id, orders + other.orders, amount.add(other.amount));
        }
    }

    /** Takes a lost mint's orders that are not quoted, so that other mints may be asked. */
    Done reassign(Bytes mint, String reason) {
        return inChunks(
                Kind.REASSIGNED,
                mint,
                Optional.empty(),
                reason,
                id -> sql -> sql.fetchSingle("""
                with taken as (
                    select id, amount from quote_order where mint_key = {0} and state in ('bound', 'refused')
                    order by id limit {1} for update
                ), noted as (
                    insert into reassigned_order (order_id, intervention, mint_key) select id, {2}, {0} from taken
                ), changed as (
                    update quote_order set state = 'unbound', mint_key = null
                    from taken where quote_order.id = taken.id
                )
                select count(*), coalesce(sum(amount), 0) from taken""", DSL.val(mint.toByteArray()), DSL.val(CHUNK), DSL.val(id)));
    }

    /** Asks a restored mint again for the quotes that it made from that time on. */
    Done resend(Bytes mint, Instant since, String reason) {
        Instant begun = database.transactBlocking(
                Isolation.READ_COMMITTED,
                sql -> Objects.requireNonNull(
                        sql.fetchSingle("select clock_timestamp()").get(0, Instant.class)));
        return inChunks(
                Kind.RESENT,
                mint,
                Optional.of(since),
                reason,
                id -> sql -> sql.fetchSingle(
                        """
                with again as (
                    select id, amount from quote_order
                    where mint_key = {0} and state = 'quoted' and quoted_at >= {1} and quoted_at < {2}
                    order by quoted_at limit {3} for update
                ), changed as (
                    update quote_order set state = 'bound', due_at = now()
                    from again where quote_order.id = again.id
                )
                select count(*), coalesce(sum(amount), 0) from again""", DSL.val(mint.toByteArray()), DSL.val(since), DSL.val(begun), DSL.val(CHUNK)));
    }

    private Done inChunks(
            Kind kind,
            Bytes mint,
            Optional<Instant> since,
            String reason,
            Function<Long, Function<DSLContext, Record>> chunk) {
        long id = database.transactBlocking(
                Isolation.READ_COMMITTED,
                sql -> sql.fetchSingle(
                                "insert into order_intervention (kind, mint_key, since, reason, orders, amount)"
                                        + " values ({0}, {1}, {2}, {3}, 0, 0) returning id",
                                DSL.val(kind.label),
                                DSL.val(mint.toByteArray()),
                                DSL.val(since.orElse(null), Instant.class),
                                DSL.val(reason))
                        .get(0, Long.class));
        Done all = new Done(id, 0, BigInteger.ZERO);
        while (true) {
            Done some = database.transactBlocking(Isolation.READ_COMMITTED, sql -> {
                Record row = chunk.apply(id).apply(sql);
                Done done = new Done(id, row.get(0, Long.class), row.get(1, BigInteger.class));
                sql.execute(
                        "update order_intervention set orders = orders + {0}, amount = amount + {1} where id = {2}",
                        DSL.val(done.orders()), DSL.val(done.amount()), DSL.val(id));
                return done;
            });
            all = all.plus(some);
            if (some.orders() == 0) {
                return all;
            }
        }
    }

    /**
     * A row, for reports.
     *
     * @param since of resending
     */
    record Past(long id, Instant at, String kind, String mint, Optional<Instant> since, String reason, Done done) {}

    /** The latest, newest first. */
    List<Past> latest(int limit) {
        return database.transactBlocking(
                Isolation.READ_COMMITTED,
                sql -> new ArrayList<>(sql.fetch(
                                "select id, at, kind, mint_key, since, reason, orders, amount from order_intervention"
                                        + " order by id desc limit {0}",
                                DSL.val(limit))
                        .map(row -> new Past(
                                row.get("id", Long.class),
                                row.get("at", Instant.class),
                                row.get("kind", String.class),
                                Bytes.of(row.get("mint_key", byte[].class)).toHex(),
                                Optional.ofNullable(row.get("since", Instant.class)),
                                row.get("reason", String.class),
                                new Done(
                                        row.get("id", Long.class),
                                        row.get("orders", Long.class),
                                        row.get("amount", BigInteger.class))))));
    }
}
