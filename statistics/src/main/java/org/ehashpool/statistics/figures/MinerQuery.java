package org.ehashpool.statistics.figures;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Miners, and one with what belongs to it. */
final class MinerQuery {
    private static final Map<String, String> ORDERS = Map.of(
            "user", "lower(user_identity)",
            "hashrate", "coalesce(hashrate, 0)",
            "accepted", "accepted",
            "rejected", "rejected",
            "last_share_at", "last_share_at",
            "first_seen_at", "first_seen_at");

    private static final Pattern KEY = Pattern.compile("0[23][0-9a-fA-F]{64}");

    /** Of a share whose target is 0xffff·2^208. */
    private static final double HASHES_OF_DIFFICULTY_ONE = 0x1p48 / 0xffff;

    private static final String DETAILS = """
            select miner.*, sender.service, sender.instance, coalesce(rates.hashrate, 0) as hashrate,
                rates.difficulty, coalesce(channels.open, 0) as channels, late.stale
            from miner
            join sender on sender.id = miner.sender_id
            left join lateral (
                select sum(work)::double precision / extract(epoch from {2} - {1})::double precision as hashrate,
                    sum(work)::double precision / nullif(sum(accepted), 0) / {3} as difficulty
                from sample
                where subject = miner.id and bucket >= {1} and bucket < {2}) as rates on true
            left join lateral (
                select count(*) as open
                from channel join session on session.id = channel.session_id
                where channel.miner_id = miner.id and channel.closed_at is null
                    and session.disconnected_at is null) as channels on true
            left join lateral (
                select coalesce(sum(rejection.count), 0)::bigint as stale
                from downstream
                left join rejection on rejection.downstream_id = downstream.id
                    and rejection.bucket >= {4} and rejection.reason like '%stale%'
                where downstream.sender_id = miner.sender_id and downstream.user_identity = miner.user_identity
                having {5} = sender.service) as late on true
            where miner.id = any({0})""";

    private final DSLContext sql;
    private final Instant now;

    MinerQuery(DSLContext sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    static boolean canSortBy(String column) {
        return ORDERS.containsKey(column);
    }

    /** The default order: the greatest hashrate first. */
    Rows<MinerView> list(ListRequest request) {
        String column = ORDERS.getOrDefault(request.sort(), "coalesce(hashrate, 0)");
        boolean descending = request.sort().isEmpty() || request.descending();
        boolean byRate = request.sort().isEmpty() || request.sort().equals("hashrate");
        Result<Record> page = RecentRates.joined(
                sql,
                () -> sql.fetch(
                        "select id, count(*) over () as total from miner"
                                + (byRate ? " left join (" + RecentRates.OF_ALL + ") as rates on subject = id" : "")
                                + " where {2} = '%%' or user_identity ilike {2} order by " + column
                                + (descending ? " desc nulls last" : "") + ", id limit {3} offset {4}",
                        DSL.val(RecentRates.from(now)),
                        DSL.val(RecentRates.to(now)),
                        DSL.val(request.pattern()),
                        DSL.val(request.limit()),
                        DSL.val(request.offset())));
        List<Long> ids = page.map(row -> row.get("id", Long.class));
        long total = page.isEmpty() ? count(request) : page.getFirst().get("total", Long.class);
        return new Rows<>(total, request.offset(), request.limit(), views(ids));
    }

    private long count(ListRequest request) {
        return request.offset() == 0
                ? 0
                : sql.fetchSingle(
                                "select count(*) from miner where {0} = '%%' or user_identity ilike {0}",
                                DSL.val(request.pattern()))
                        .get(0, Long.class);
    }

    private List<MinerView> views(List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, List<Double>> sparks = new SeriesQuery(sql, now).sparks(ids);
        Map<String, String> payers = new FarmQuery(sql, now).payers();
        Map<Long, MinerView> views = sql.fetch(
                        DETAILS,
                        DSL.val(ids.toArray(Long[]::new)),
                        DSL.val(RecentRates.from(now)),
                        DSL.val(RecentRates.to(now)),
                        DSL.val(HASHES_OF_DIFFICULTY_ONE),
                        DSL.val(now.minus(Range.DAY.length())),
                        DSL.val(FarmQuery.TRANSLATOR))
                .intoMap(
                        row -> row.get("id", Long.class),
                        row -> view(row, payers, sparks.getOrDefault(row.get("id", Long.class), List.of())));
        return ids.stream().map(views::get).filter(Objects::nonNull).toList();
    }

    private static MinerView view(Record row, Map<String, String> payers, List<Double> sparks) {
        String user = row.get("user_identity", String.class);
        return new MinerView(
                row.get("id", Long.class),
                row.get("service", String.class),
                row.get("instance", String.class),
                user,
                row.get("hashrate", Double.class),
                sparks,
                row.get("channels", Integer.class),
                row.get("accepted", Long.class),
                row.get("rejected", Long.class),
                row.get("work", BigInteger.class),
                row.get("first_seen_at", Instant.class),
                row.get("last_active_at", Instant.class),
                row.get("last_share_at", Instant.class),
                row.get("difficulty", Double.class),
                row.get("stale", Long.class),
                paid(user, payers.get(row.get("service", String.class) + " " + row.get("instance", String.class))));
    }

    /** A key that is the account, which is what stands before the first dot; else what is told of the others. */
    private static @Nullable String paid(String user, @Nullable String others) {
        String account = user.contains(".") ? user.substring(0, user.indexOf('.')) : user;
        return KEY.matcher(account).matches() ? account.toLowerCase(Locale.ROOT) : others;
    }

    /** By key; without those in whose name no channel was opened. */
    Map<String, CreditView> credited(List<String> keys) {
        return sql.fetch("""
                        select left(lower(user_identity), 66) as key, count(*) as workers,
                            sum(accepted)::bigint as accepted, sum(rejected)::bigint as rejected, sum(work) as work,
                            max(last_share_at) as last_share_at
                        from miner join sender on sender.id = miner.sender_id
                        where left(lower(user_identity), 66) = any({0}) and substr(user_identity, 67, 1) in ('', '.')
                            and sender.service = 'pool'
                        group by 1""", DSL.val(keys.toArray(String[]::new)))
                .intoMap(
                        row -> row.get("key", String.class),
                        row -> new CreditView(
                                row.get("key", String.class),
                                row.get("workers", Long.class),
                                row.get("accepted", Long.class),
                                row.get("rejected", Long.class),
                                row.get("work", BigDecimal.class).toBigIntegerExact(),
                                row.get("last_share_at", Instant.class)));
    }

    Optional<MinerDetail> detail(long id, Range range) {
        return views(List.of(id)).stream()
                .findFirst()
                .map(view -> new MinerDetail(
                        view, new SeriesQuery(sql, now).series(id, range), new ChannelQuery(sql).ofMiner(id)));
    }
}
