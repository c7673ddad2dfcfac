package org.ehashpool.statistics.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Partitions: a day each in UTC, or a month. Names are the table's, {@code _}, and the first day. */
public final class Partitions {
    /** Partitioned by days, with the column that says which. */
    public static final List<String> DAILY =
            List.of("event", "sample", "rejection", "quote_history", "quote_failure", "balance_history");

    /** Partitioned by months. */
    public static final String MONTHLY = "sample_hour";

    private static final int DAYS_AHEAD = 3;

    private Partitions() {}

    /** Makes what is missing, from the earliest moment that may be told of until some days from now. */
    public static void make(DSLContext sql, Instant earliest, Instant now) {
        LocalDate last = day(now).plusDays(DAYS_AHEAD);
        for (String table : DAILY) {
            for (LocalDate day = day(earliest); !day.isAfter(last); day = day.plusDays(1)) {
                make(sql, table, day, day.plusDays(1));
            }
        }
        for (LocalDate month = day(earliest).withDayOfMonth(1); !month.isAfter(last); month = month.plusMonths(1)) {
            make(sql, MONTHLY, month, month.plusMonths(1));
        }
    }

    /** Until when partitions reach that were made at that time. */
    public static Instant madeUntil(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).plus(DAYS_AHEAD, ChronoUnit.DAYS);
    }

    private static void make(DSLContext sql, String table, LocalDate from, LocalDate to) {
        String name = table + "_" + from.toString().replace('-', '_');
        sql.execute(
                "create table if not exists {0} partition of {1} for values from ({2}) to ({3})",
                DSL.quotedName(name),
                DSL.quotedName(table),
                DSL.inline(from + "T00:00:00Z"),
                DSL.inline(to + "T00:00:00Z"));
    }

    /** The partitions of a table that end before a moment, oldest first. */
    public static List<String> before(DSLContext sql, String table, Instant limit) {
        LocalDate day = day(limit);
        LocalDate first = table.equals(MONTHLY) ? day.withDayOfMonth(1) : day;
        String bound = table + "_" + first.toString().replace('-', '_');
        return sql.fetch("""
                        select child.relname as name from pg_inherits
                        join pg_class child on child.oid = inhrelid
                        join pg_class parent on parent.oid = inhparent
                        where parent.oid = to_regclass({0}) and child.relname < {1} order by 1""", DSL.val(table), DSL.val(bound)).map(row -> row.get("name", String.class));
    }

    /**
     * The oldest partitions of a table by days that have to go for what is left to be within so many bytes with indexes.
     * The present day and later ones are never among them.
     */
    public static List<String> surplus(DSLContext sql, String table, Instant now, long bytes) {
        return sql.fetch(
                        """
                        select name from (
                            select child.relname as name, sum(pg_total_relation_size(child.oid))
                                over (order by child.relname desc) as size
                            from pg_inherits
                            join pg_class child on child.oid = inhrelid
                            where inhparent = to_regclass({0}) and child.relkind = 'r') as days
                        where size > {1} and name < {2} order by name""",
                        DSL.val(table),
                        DSL.val(bytes),
                        DSL.val(table + "_" + day(now).toString().replace('-', '_')))
                .map(row -> row.get("name", String.class));
    }

    /** Drops a partition; gives up soon where somebody reads it. */
    public static void drop(DSLContext sql, String name) {
        sql.execute("set local lock_timeout = '1s'");
        sql.execute("drop table if exists {0}", DSL.quotedName(name));
    }

    private static LocalDate day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
