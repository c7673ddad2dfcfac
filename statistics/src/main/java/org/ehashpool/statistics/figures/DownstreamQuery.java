package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;

/** Downstreams, and one with what belongs to it. */
final class DownstreamQuery {
    private static final int SESSIONS = 50;

    /** What can be sorted by, and the expression. */
    private static final Map<String, String> ORDERS = Map.of(
            "user", "lower(coalesce(nullif(user_identity, ''), host))",
            "kind", "kind",
            "vendor", "lower(vendor)",
            "hashrate", "coalesce(hashrate, 0)",
            "accepted", "accepted",
            "rejected", "rejected",
            "sessions", "sessions",
            "last_active_at", "last_active_at",
            "first_seen_at", "first_seen_at");

    /** {2} is a kind, {3} a pattern. */
    private static final String FOUND = "({2} = '' or kind = {2})"
            + " and ({3} = '%%' or user_identity ilike {3} or vendor ilike {3} or host ilike {3})";

    /** The newest session is the one that is open, where one is. */
    private static final String DETAILS = """
            select downstream.*, sender.service, sender.instance, coalesce(rates.hashrate, 0) as hashrate,
                session.peer, session.connected_at, session.disconnected_at, session.reason,
                coalesce(session.accepted, 0) as session_accepted, coalesce(session.rejected, 0) as session_rejected,
                coalesce(session.work, 0) as session_work, coalesce(channels.open, 0) as channels
            from downstream
            join sender on sender.id = downstream.sender_id
            left join lateral (
                select * from session
                where session.downstream_id = downstream.id
                order by connected_at desc, session.id desc
                limit 1) as session on true
            left join lateral (
                select sum(work)::double precision / extract(epoch from {2} - {1})::double precision as hashrate
                from sample
                where subject = downstream.id and bucket >= {1} and bucket < {2}) as rates on true
            left join lateral (
                select count(*) as open
                from channel join session as owner on owner.id = channel.session_id
                where owner.downstream_id = downstream.id and owner.disconnected_at is null
                    and channel.closed_at is null) as channels on true
            where downstream.id = any({0})""";

    private final DSLContext sql;
    private final Instant now;

    DownstreamQuery(DSLContext sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    /** Whether the list can be sorted by that. */
    static boolean canSortBy(String column) {
        return ORDERS.containsKey(column);
    }

    /** The default order: the greatest hashrate first. */
    Rows<DownstreamView> list(ListRequest request) {
        String column = ORDERS.getOrDefault(request.sort(), "coalesce(hashrate, 0)");
        boolean descending = request.sort().isEmpty() || request.descending();
        boolean byRate = request.sort().isEmpty() || request.sort().equals("hashrate");
        Result<Record> page = RecentRates.joined(
                sql,
                () -> sql.fetch(
                        "select id, count(*) over () as total from downstream"
                                + (byRate ? " left join (" + RecentRates.OF_ALL + ") as rates on subject = id" : "")
                                + " where " + FOUND + " order by " + column + (descending ? " desc" : "")
                                + ", id limit {4} offset {5}",
                        DSL.val(RecentRates.from(now)),
                        DSL.val(RecentRates.to(now)),
                        DSL.val(request.kind()),
                        DSL.val(request.pattern()),
                        DSL.val(request.limit()),
                        DSL.val(request.offset())));
        List<Long> ids = page.map(row -> row.get("id", Long.class));
        long total = page.isEmpty() ? count(request) : page.getFirst().get("total", Long.class);
        return new Rows<>(total, request.offset(), request.limit(), views(ids));
    }

    /** Where the page is beyond the last row. */
    private long count(ListRequest request) {
        return request.offset() == 0
                ? 0
                : sql.fetchSingle(
                                "select count(*) from downstream where " + FOUND,
                                DSL.val(""),
                                DSL.val(""),
                                DSL.val(request.kind()),
                                DSL.val(request.pattern()))
                        .get(0, Long.class);
    }

    /** The kinds that there are. */
    List<String> kinds() {
        return sql.fetch("select distinct kind from downstream order by kind").map(row -> row.get(0, String.class));
    }

    /** Of these ids, in their order. */
    private List<DownstreamView> views(List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Integer, ServiceStatus> statuses = new ServiceQuery(sql, now).statuses();
        Map<Long, List<Double>> sparks = new SeriesQuery(sql, now).sparks(ids);
        Map<Long, DownstreamView> views = sql.fetch(
                        DETAILS,
                        DSL.val(ids.toArray(Long[]::new)),
                        DSL.val(RecentRates.from(now)),
                        DSL.val(RecentRates.to(now)))
                .intoMap(
                        row -> row.get("id", Long.class),
                        row -> view(row, statuses, sparks.getOrDefault(row.get("id", Long.class), List.of())));
        return ids.stream().map(views::get).filter(Objects::nonNull).toList();
    }

    private static DownstreamView view(Record row, Map<Integer, ServiceStatus> statuses, List<Double> sparks) {
        ServiceStatus service = statuses.getOrDefault(row.get("sender_id", Integer.class), ServiceStatus.UNKNOWN);
        boolean open = row.get("connected_at") != null && row.get("disconnected_at") == null;
        return new DownstreamView(
                row.get("id", Long.class),
                row.get("service", String.class),
                row.get("instance", String.class),
                open ? isHeard(service) ? "connected" : "stale" : "gone",
                row.get("kind", String.class),
                row.get("vendor", String.class),
                row.get("user_identity", String.class),
                row.get("host", String.class),
                row.get("peer", String.class),
                row.get("hashrate", Double.class),
                sparks,
                row.get("channels", Integer.class),
                row.get("connected_at", Instant.class),
                row.get("disconnected_at", Instant.class),
                row.get("reason", String.class),
                row.get("session_accepted", Long.class),
                row.get("session_rejected", Long.class),
                row.get("session_work", BigInteger.class),
                row.get("sessions", Long.class),
                row.get("accepted", Long.class),
                row.get("rejected", Long.class),
                row.get("work", BigInteger.class),
                row.get("first_seen_at", Instant.class),
                row.get("last_active_at", Instant.class),
                row.get("last_share_at", Instant.class));
    }

    private static boolean isHeard(ServiceStatus service) {
        return switch (service) {
            case UP, LATE -> true;
            case DOWN, STOPPED, UNKNOWN -> false;
        };
    }

    Optional<DownstreamDetail> detail(long id, Range range) {
        return views(List.of(id)).stream()
                .findFirst()
                .map(view -> new DownstreamDetail(
                        view,
                        new SeriesQuery(sql, now).series(id, range),
                        new ChannelQuery(sql).ofDownstream(id),
                        sessions(id),
                        rejections(id)));
    }

    private List<DownstreamDetail.SessionView> sessions(long id) {
        return sql.fetch(
                        "select * from session where downstream_id = {0} order by connected_at desc, id desc limit {1}",
                        DSL.val(id), DSL.val(SESSIONS))
                .map(row -> new DownstreamDetail.SessionView(
                        row.get("id", Long.class),
                        row.get("number", Long.class),
                        row.get("peer", String.class),
                        row.get("flags", Long.class),
                        row.get("connected_at", Instant.class),
                        row.get("disconnected_at", Instant.class),
                        row.get("reason", String.class),
                        row.get("last_active_at", Instant.class),
                        row.get("accepted", Long.class),
                        row.get("rejected", Long.class),
                        row.get("work", BigInteger.class),
                        row.get("last_share_at", Instant.class)));
    }

    private List<DownstreamDetail.Rejection> rejections(long id) {
        return sql.fetch("""
                        select reason, sum(count)::bigint as count from rejection
                        where downstream_id = {0} and bucket >= {1}
                        group by reason order by 2 desc, 1""", DSL.val(id), DSL.val(now.minus(Range.DAY.length())))
                .map(row ->
                        new DownstreamDetail.Rejection(row.get("reason", String.class), row.get("count", Long.class)));
    }
}
