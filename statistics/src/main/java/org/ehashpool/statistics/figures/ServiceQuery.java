package org.ehashpool.statistics.figures;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The services that are watched. */
final class ServiceQuery {
    private final DSLContext sql;
    private final Instant now;

    ServiceQuery(DSLContext sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    /** All, by name and instance. */
    List<ServiceView> services() {
        return sql.fetch("""
                        select service.*, coalesce(lost.missing, 0) as missing, coalesce(lost.unknown, 0) as unknown
                        from service
                        left join (
                            select boot.sender_id, sum(to_seq - from_seq + 1)::bigint as missing,
                                count(*) filter (where to_seq is null) as unknown
                            from gap join boot on boot.id = gap.boot
                            where noticed_at >= {0}
                            group by 1) as lost using (sender_id)
                        order by name, instance""", DSL.val(now.minus(Range.DAY.length()))).map(this::view);
    }

    private ServiceView view(Record row) {
        ServiceStatus.Signs signs = signs(row);
        return new ServiceView(
                row.get("id", Integer.class),
                row.get("name", String.class),
                row.get("instance", String.class),
                ServiceStatus.of(signs, now).label(),
                signs.state(),
                row.get("version", String.class),
                row.get("started_at", Instant.class),
                signs.heartbeatAt(),
                later(signs.heartbeatAt(), signs.answeredAt()),
                row.get("clock_ahead", Long.class),
                row.get("health_url", String.class),
                row.get("poll_error", String.class),
                row.get("missing", Long.class),
                row.get("unknown", Long.class));
    }

    /** How each sender is, by its id. */
    Map<Integer, ServiceStatus> statuses() {
        Map<Integer, ServiceStatus> statuses = new HashMap<>();
        sql.fetch("""
                        select sender_id, state, last_heartbeat_at, polled_at, answered_at
                        from service where sender_id is not null""")
                .forEach(row -> statuses.put(row.get("sender_id", Integer.class), ServiceStatus.of(signs(row), now)));
        return statuses;
    }

    private static ServiceStatus.Signs signs(Record row) {
        return new ServiceStatus.Signs(
                row.get("state", String.class),
                row.get("last_heartbeat_at", Instant.class),
                row.get("polled_at", Instant.class),
                row.get("answered_at", Instant.class));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
