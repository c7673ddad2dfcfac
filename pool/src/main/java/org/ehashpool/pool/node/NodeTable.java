package org.ehashpool.pool.node;

import static org.ehashpool.pool.generated.Tables.BOOT;
import static org.ehashpool.pool.generated.Tables.NODE;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.impl.DSL;

/** Leases of node ids. All times are the database's. */
public final class NodeTable {
    /** Taken by who leases, one at a time. */
    private static final long LOCK = 0x6e6f_6465_0001L;
    /** Part of every commit, and so not rendered anew each time. */
    private static final String HOLD = "select 1 from %s where id = ? and boot = ? and taken_by is null for share"
            .formatted(NODE.getQualifiedName());

    private NodeTable() {}

    /**
     * Leases a number that nobody has, and nobody had for the longest time. One that was never used comes first.
     *
     * @param rest how long a number must have been free: prefixes of extranonces that were used with it may still be
     *     valid under the same previous hash
     * @return empty if all numbers are leased, or were until lately
     */
    static Optional<NodeLease> lease(DSLContext sql, NodeRange range, String bootId, Duration duration, Duration rest) {
        sql.fetch("select pg_advisory_xact_lock({0})", DSL.inline(LOCK));
        return free(sql, range, rest).map(node -> {
            long boot = Objects.requireNonNull(sql.insertInto(BOOT)
                    .set(BOOT.BOOT_ID, bootId)
                    .set(BOOT.NODE_ID, node)
                    .set(BOOT.STARTED_AT, DSL.field("now()", BOOT.STARTED_AT.getDataType()))
                    .returningResult(BOOT.ID)
                    .fetchSingle(BOOT.ID));
            sql.execute("""
                    insert into {0} (id, boot, leased_at, lease_until) values ({1}, {2}, now(), now() + {3})
                    on conflict (id) do update set boot = excluded.boot, leased_at = excluded.leased_at,
                        lease_until = excluded.lease_until, taken_by = null""", NODE, DSL.val(node), DSL.val(boot), interval(duration));
            return new NodeLease(node, boot);
        });
    }

    private static Optional<Integer> free(DSLContext sql, NodeRange range, Duration rest) {
        return sql.fetchOptional("""
                        select number from generate_series({0}, {1}) as number
                        left join {2} as node on node.id = number
                        where node.id is null or node.lease_until < now() - {3}
                        order by node.lease_until nulls first, number limit 1""", DSL.val(range.first()), DSL.val(range.last()), NODE, interval(rest))
                .map(row -> row.get(0, Integer.class));
    }

    /** Whether the lease could be made longer: not so when another process has taken over. */
    static boolean renew(DSLContext sql, NodeLease lease, Duration duration) {
        return sql.execute(
                        "update {0} set lease_until = now() + {1} where id = {2} and boot = {3} and taken_by is null",
                        NODE, interval(duration), DSL.val(lease.node()), DSL.val(lease.boot()))
                == 1;
    }

    /** Ends a lease, so that the number's rest begins and others may take over what is left behind. */
    static void release(DSLContext sql, NodeLease lease) {
        sql.execute(
                "update {0} set lease_until = now() where id = {1} and boot = {2}",
                NODE, DSL.val(lease.node()), DSL.val(lease.boot()));
    }

    /**
     * Holds the lease until the end of the transaction: who takes over waits for it.
     *
     * @throws NodeTakenOverException if another process has taken over
     */
    public static void requireHeld(DSLContext sql, NodeLease lease) {
        if (!sql.connectionResult(connection -> isHeld(connection, lease))) {
            throw new NodeTakenOverException(lease);
        }
    }

    private static boolean isHeld(Connection connection, NodeLease lease) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
            statement.setInt(1, lease.node());
            statement.setLong(2, lease.boot());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Takes over the nodes whose leases have ended, unless a living process has them; says which. */
    public static Set<Integer> takeOver(DSLContext sql, NodeLease lease) {
        return Set.copyOf(sql.fetch("""
                        update {0} as node set taken_by = {1}
                        where node.lease_until < now() and node.boot <> {1} and (node.taken_by is null
                            or (node.taken_by <> {1} and not exists (select from {0} as taker
                                where taker.boot = node.taken_by and taker.lease_until >= now())))
                        returning node.id""", NODE, DSL.val(lease.boot())).map(row -> row.get(0, Integer.class)));
    }

    /** The nodes that a process answers for: its own and those that it took over. */
    public static List<Integer> nodesOf(DSLContext sql, NodeLease lease) {
        return sql.select(NODE.ID)
                .from(NODE)
                .where(NODE.BOOT.eq(lease.boot()).and(NODE.TAKEN_BY.isNull()).or(NODE.TAKEN_BY.eq(lease.boot())))
                .orderBy(NODE.ID)
                .fetch(Record1::value1);
    }

    private static Field<?> interval(Duration duration) {
        return DSL.field("make_interval(secs => {0})", DSL.inline(duration.toMillis() / 1000.0));
    }
}
