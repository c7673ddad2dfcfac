package org.ehashpool.statistics.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.statistics.figures.DownstreamDetail.Rejection;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The whole at a glance. */
final class OverviewQuery {
    private static final Duration ACTIVE = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    private final DSLContext sql;
    private final Instant now;

    OverviewQuery(DSLContext sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    /**
     * A window's sums.
     *
     * @param minutes that were recorded
     */
    private record Window(double work, long accepted, long rejected, long minutes) {
        @Nullable
        Double hashrate() {
            return minutes == 0 ? null : work / (minutes * 60);
        }

        @Nullable
        Double sharesPerMinute() {
            return minutes == 0 ? null : (double) accepted / minutes;
        }
    }

    Overview overview() {
        List<ServiceView> services = new ServiceQuery(sql, now).services();
        Map<Integer, ServiceStatus> statuses = new ServiceQuery(sql, now).statuses();
        Window five = window(RecentRates.WINDOW);
        Window hour = window(HOUR);
        Window day = window(DAY);
        Map<String, Long> connected = new HashMap<>();
        long stale = 0;
        for (Record row : sql.fetch("""
                select sender_id, kind, count(*) as sessions
                from session join downstream on downstream.id = downstream_id
                where disconnected_at is null
                group by 1, 2""")) {
            long sessions = row.get("sessions", Long.class);
            if (isHeard(statuses.get(row.get("sender_id", Integer.class)))) {
                connected.merge(row.get("kind", String.class), sessions, Long::sum);
            } else {
                stale += sessions;
            }
        }
        Record blocks = sql.fetchSingle(
                "select count(*) as found, count(*) filter (where state = 'orphaned') as orphaned from block");
        return new Overview(
                now,
                five.hashrate(),
                hour.hashrate(),
                day.hashrate(),
                connected,
                stale,
                channels(statuses),
                sql.fetchSingle("select count(*) from miner where last_share_at >= {0}", DSL.val(now.minus(ACTIVE)))
                        .get(0, Long.class),
                five.sharesPerMinute(),
                hour.accepted(),
                hour.rejected(),
                day.accepted(),
                day.rejected(),
                rejections(),
                new QuoteQuery(sql, now).units(),
                blocks.get("found", Long.class),
                blocks.get("orphaned", Long.class),
                new BlockQuery(sql).last().orElse(null),
                new DetailQuery(sql, now).network().orElse(null),
                services,
                services.stream().mapToLong(ServiceView::missingEvents).sum(),
                services.stream().mapToLong(ServiceView::unknownGaps).sum());
    }

    private Window window(Duration length) {
        Instant to = RecentRates.to(now);
        Record row = sql.fetchSingle("""
                select coalesce(sum(work), 0)::double precision as work, coalesce(sum(accepted), 0)::bigint as accepted,
                    coalesce(sum(rejected), 0)::bigint as rejected, count(*) as minutes
                from sample
                where subject = 0 and bucket >= {0} and bucket < {1}""", DSL.val(to.minus(length)), DSL.val(to));
        return new Window(
                row.get("work", Double.class),
                row.get("accepted", Long.class),
                row.get("rejected", Long.class),
                row.get("minutes", Long.class));
    }

    private long channels(Map<Integer, ServiceStatus> statuses) {
        long open = 0;
        for (Record row : sql.fetch("""
                select boot.sender_id, count(*) as channels
                from session
                join boot on boot.id = session.boot
                join channel on channel.session_id = session.id
                where disconnected_at is null and closed_at is null
                group by 1""")) {
            if (isHeard(statuses.get(row.get("sender_id", Integer.class)))) {
                open += row.get("channels", Long.class);
            }
        }
        return open;
    }

    private static boolean isHeard(@Nullable ServiceStatus status) {
        return status == ServiceStatus.UP || status == ServiceStatus.LATE;
    }

    private List<Rejection> rejections() {
        return sql.fetch("""
                        select reason, sum(count)::bigint as count
                        from rejection
                        where bucket >= {0} and bucket < {1}
                        group by reason
                        order by 2 desc, 1""", DSL.val(RecentRates.to(now).minus(HOUR)), DSL.val(RecentRates.to(now)))
                .map(row -> new Rejection(row.get("reason", String.class), row.get("count", Long.class)));
    }
}
