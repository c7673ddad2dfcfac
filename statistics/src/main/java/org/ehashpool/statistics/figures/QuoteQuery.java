package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Quotes and what was issued for them. */
final class QuoteQuery {
    /** Where mints themselves tell, what others tell of them is not counted again. */
    private static final String TOLD_ONCE =
            "(mint = '') = exists (select from quote_total as told where told.unit = %1$s.unit and told.mint = '')";

    private static final String STEPS = """
            select date_bin(make_interval(secs => {0}), bucket, timestamptz 'epoch') as at, unit,
                sum(created)::bigint as created, sum(created_amount) as created_amount,
                sum(issued)::bigint as issued, sum(issued_amount) as issued_amount
            from quote_history
            where bucket >= {1} and %s
            group by 1, 2
            order by 1, 2""".formatted(TOLD_ONCE.formatted("quote_history"));

    private static final String UNITS =
            """
            with day as (
                select unit, sum(created)::bigint as created, sum(created_amount) as created_amount,
                    sum(issued)::bigint as issued, sum(issued_amount) as issued_amount
                from quote_history
                where bucket >= {0} and %s
                group by unit),
            total as (
                select unit, sum(created)::bigint as created, sum(created_amount) as created_amount,
                    sum(issued)::bigint as issued, sum(issued_amount) as issued_amount,
                    sum(failed)::bigint as failed
                from quote_total
                where %s
                group by unit)
            select total.*, coalesce(day.created, 0) as day_created,
                coalesce(day.created_amount, 0) as day_created_amount,
                coalesce(day.issued, 0) as day_issued, coalesce(day.issued_amount, 0) as day_issued_amount
            from total left join day using (unit)
            order by unit""".formatted(TOLD_ONCE.formatted("quote_history"), TOLD_ONCE.formatted("quote_total"));

    private final DSLContext sql;
    private final Instant now;

    QuoteQuery(DSLContext sql, Instant now) {
        this.sql = sql;
        this.now = now;
    }

    Quotes quotes(Range range) {
        Instant to = Range.floor(now, Duration.ofMinutes(1));
        Instant from = range.from(to);
        return new Quotes(range.label(), from, to, range.step(), totals(), failures(), steps(range, from));
    }

    private List<Quotes.Total> totals() {
        return sql.fetch("""
                        select quote_total.*, service, instance
                        from quote_total join sender on sender.id = quote_total.sender_id
                        order by service, instance, mint, unit""")
                .map(row -> new Quotes.Total(
                        row.get("service", String.class),
                        row.get("instance", String.class),
                        row.get("mint", String.class),
                        row.get("unit", String.class),
                        row.get("created", Long.class),
                        row.get("created_amount", BigInteger.class),
                        row.get("issued", Long.class),
                        row.get("issued_amount", BigInteger.class),
                        row.get("failed", Long.class),
                        row.get("failed_amount", BigInteger.class)));
    }

    private List<Quotes.Failure> failures() {
        return sql.fetch("""
                        select service, instance, mint, unit, reason, sum(count)::bigint as count, sum(amount) as amount
                        from quote_failure join sender on sender.id = quote_failure.sender_id
                        where bucket >= {0}
                        group by 1, 2, 3, 4, 5
                        order by 6 desc, 5""", day())
                .map(row -> new Quotes.Failure(
                        row.get("service", String.class),
                        row.get("instance", String.class),
                        row.get("mint", String.class),
                        row.get("unit", String.class),
                        row.get("reason", String.class),
                        row.get("count", Long.class),
                        row.get("amount", BigInteger.class)));
    }

    private List<Quotes.Step> steps(Range range, Instant from) {
        return sql.fetch(STEPS, DSL.val(range.step().toSeconds()), DSL.val(from))
                .map(row -> new Quotes.Step(
                        row.get("at", Instant.class),
                        row.get("unit", String.class),
                        row.get("created", Long.class),
                        row.get("created_amount", BigInteger.class),
                        row.get("issued", Long.class),
                        row.get("issued_amount", BigInteger.class)));
    }

    /** Every unit with its sums. */
    List<Quotes.UnitTotal> units() {
        return sql.fetch(UNITS, day())
                .map(row -> new Quotes.UnitTotal(
                        row.get("unit", String.class),
                        row.get("created", Long.class),
                        row.get("created_amount", BigInteger.class),
                        row.get("issued", Long.class),
                        row.get("issued_amount", BigInteger.class),
                        row.get("failed", Long.class),
                        row.get("day_created", Long.class),
                        row.get("day_created_amount", BigInteger.class),
                        row.get("day_issued", Long.class),
                        row.get("day_issued_amount", BigInteger.class)));
    }

    private Field<Instant> day() {
        return DSL.val(now.minus(Range.DAY.length()));
    }
}
