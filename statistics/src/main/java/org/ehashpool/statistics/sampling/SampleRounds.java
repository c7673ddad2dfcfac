package org.ehashpool.statistics.sampling;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The rounds of sampling as transactions. Each may be run again at any time: zeros stand only where nothing is, and hours
 * and days are made anew from what they consist of.
 */
final class SampleRounds {
    /** Who was active within it gets zeros when he is quiet. */
    static final Duration ACTIVE = Duration.ofHours(24);

    /** Of one transaction. */
    private static final Duration PIECE = Duration.ofHours(1);

    private final DSLContext sql;

    SampleRounds(DSLContext sql) {
        this.sql = sql;
    }

    /**
     * Zeros for the next minutes that are over, at most an hour of them.
     *
     * @return whether there are more
     */
    boolean zeros(Instant now) {
        Instant end = now.truncatedTo(ChronoUnit.MINUTES);
        Instant from = Optional.ofNullable(
                        sql.fetchSingle("select sampled_to from sampling").get("sampled_to", Instant.class))
                .orElse(end.minus(1, ChronoUnit.MINUTES));
        if (from.isBefore(end.minus(ACTIVE))) {
            // Nobody was seen since then, and who comes late brings his minutes with him.
            from = end.minus(ACTIVE);
        }
        if (!from.isBefore(end)) {
            return false;
        }
        Instant to = from.plus(PIECE).isBefore(end) ? from.plus(PIECE) : end;
        sql.execute("""
                insert into sample (bucket, subject, accepted, rejected, work)
                select minute, quiet.id, 0, 0, 0
                from generate_series({0}, {1} - interval '1 minute', interval '1 minute') as minute
                cross join (
                    select 0 as id, '-infinity'::timestamptz as since, 'infinity'::timestamptz as active, true as connected
                    union all
                    select id, first_seen_at, last_active_at, exists (
                        select from session where downstream_id = downstream.id and disconnected_at is null)
                    from downstream
                    union all
                    select id, first_seen_at, last_active_at, exists (
                        select from channel where miner_id = miner.id and closed_at is null)
                    from miner) as quiet
                where quiet.since < minute + interval '1 minute'
                    and (quiet.connected or quiet.active >= minute - {2} * interval '1 second')
                order by quiet.id, minute
                on conflict (subject, bucket) do nothing""", DSL.val(from), DSL.val(to), DSL.val(ACTIVE.toSeconds()));
        sql.execute("""
                insert into stale_hour
                select hour from generate_series(date_trunc('hour', {0}, 'UTC'), {1} - interval '1 minute', interval '1 hour')
                    as hour
                on conflict do nothing""", DSL.val(from), DSL.val(to));
        sql.execute("update sampling set sampled_to = {0} where only_row", DSL.val(to));
        return to.isBefore(end);
    }

    /**
     * Rolls up the oldest hour that is over, has its zeros, and changed since it was rolled up; and its day.
     *
     * @return whether there was one
     */
    boolean rollUp() {
        Optional<Instant> hour = sql.fetchOptional("""
                        delete from stale_hour where bucket = (
                            select min(bucket) from stale_hour
                            where bucket + interval '1 hour' <= (select sampled_to from sampling))
                        returning bucket""").map(row -> row.get("bucket", Instant.class));
        hour.ifPresent(bucket -> {
            hour(bucket);
            day(bucket.truncatedTo(ChronoUnit.DAYS));
        });
        return hour.isPresent();
    }

    private void hour(Instant bucket) {
        sql.execute("""
                insert into sample_hour (bucket, subject, accepted, rejected, work, peak, low, minutes)
                select {0}, subject, sum(accepted), sum(rejected), sum(work), max(work) / 60, min(work) / 60, count(*)
                from sample where bucket >= {0} and bucket < {1} group by subject order by subject
                on conflict (subject, bucket) do update set accepted = excluded.accepted, rejected = excluded.rejected,
                    work = excluded.work, peak = excluded.peak, low = excluded.low,
                    minutes = excluded.minutes""", DSL.val(bucket), DSL.val(bucket.plus(1, ChronoUnit.HOURS)));
    }

    private void day(Instant bucket) {
        sql.execute("""
                insert into sample_day (bucket, subject, accepted, rejected, work, peak, low, minutes)
                select {0}, subject, sum(accepted), sum(rejected), sum(work), max(peak), min(low), sum(minutes)
                from sample_hour where bucket >= {0} and bucket < {1} group by subject order by subject
                on conflict (subject, bucket) do update set accepted = excluded.accepted, rejected = excluded.rejected,
                    work = excluded.work, peak = excluded.peak, low = excluded.low,
                    minutes = excluded.minutes""", DSL.val(bucket), DSL.val(bucket.plus(1, ChronoUnit.DAYS)));
    }
}
