package org.ehashpool.statistics.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Samples of subjects, as lines over time. */
final class SeriesQuery {
    /** Of the small lines in tables: an hour in steps of three minutes. */
    static final int SPARKS = 20;

    private static final int MOST_SPARKS = 500;

    private static final Duration SPARK = Duration.ofMinutes(3);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final String MINUTES = """
            select date_bin(make_interval(secs => {0}), bucket, timestamptz 'epoch') as at,
                sum(work)::double precision as work, sum(accepted)::bigint as accepted,
                sum(rejected)::bigint as rejected, count(*) * 60 as seconds,
                min(work)::double precision / 60 as low, max(work)::double precision / 60 as peak
            from sample
            where subject = {1} and bucket >= {2} and bucket < {3}
            group by 1
            order by 1""";

    /** Hours as far as they are rolled up, then minutes. */
    private static final String HOURS = """
            with hours as (
                select bucket, work, accepted, rejected, minutes * 60 as seconds, low, peak
                from sample_hour
                where subject = {1} and bucket >= {2} and bucket < {3}),
            minutes as (
                select bucket, work, accepted, rejected, 60 as seconds,
                    work::double precision / 60 as low, work::double precision / 60 as peak
                from sample
                where subject = {1} and bucket < {3}
                    and bucket >= coalesce((select max(bucket) + interval '1 hour' from hours), {2}))
            select date_bin(make_interval(secs => {0}), bucket, timestamptz 'epoch') as at,
                sum(work)::double precision as work, sum(accepted)::bigint as accepted,
                sum(rejected)::bigint as rejected, sum(seconds)::bigint as seconds, min(low) as low, max(peak) as peak
            from (select * from hours union all select * from minutes) as samples
            group by 1
            order by 1""";

    private final DSLContext sql;
    private final Instant now;

    SeriesQuery(DSLContext sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    Series series(long subject, Range range) {
        Instant to = Range.floor(now, MINUTE);
        Instant from = range.from(to);
        List<Series.Point> points = sql.fetch(
                        range.ofHours() ? HOURS : MINUTES,
                        DSL.val(range.step().toSeconds()),
                        DSL.val(subject),
                        DSL.val(from),
                        DSL.val(to))
                .map(SeriesQuery::point);
        return Series.of(subject, range, from, to, points);
    }

    private static Series.Point point(Record row) {
        long seconds = row.get("seconds", Long.class);
        return new Series.Point(
                row.get("at", Instant.class),
                row.get("work", Double.class) / seconds,
                row.get("low", Double.class),
                row.get("peak", Double.class),
                row.get("accepted", Long.class),
                row.get("rejected", Long.class),
                seconds);
    }

    /**
     * The last hour of each of some subjects, in {@link #SPARKS} steps, in hashes per second; 0 where there is none. Of
     * more than {@link #MOST_SPARKS} subjects there are none: nobody looks at so many.
     */
    Map<Long, List<Double>> sparks(Collection<Long> subjects) {
        if (subjects.size() > MOST_SPARKS) {
            return Map.of();
        }
        Instant to = Range.floor(now, MINUTE);
        Instant from = to.minus(SPARK.multipliedBy(SPARKS));
        Map<Long, double[]> lines = new HashMap<>();
        sql.fetch("""
                        select subject, floor(extract(epoch from bucket - {1}) / {3})::integer as step,
                            sum(work)::double precision / {3} as hashrate
                        from sample
                        where subject = any({0}) and bucket >= {1} and bucket < {2}
                        group by 1, 2""", DSL.val(subjects.toArray(Long[]::new)), DSL.val(from), DSL.val(to), DSL.val(SPARK.toSeconds()))
                .forEach(row -> lines.computeIfAbsent(row.get("subject", Long.class), first -> new double[SPARKS])[
                                row.get("step", Integer.class)] =
                        row.get("hashrate", Double.class));
        Map<Long, List<Double>> sparks = new HashMap<>();
        for (Long subject : subjects) {
            double[] line = lines.getOrDefault(subject, new double[SPARKS]);
            List<Double> values = new ArrayList<>(SPARKS);
            for (double value : line) {
                values.add(value);
            }
            sparks.put(subject, List.copyOf(values));
        }
        return sparks;
    }
}
