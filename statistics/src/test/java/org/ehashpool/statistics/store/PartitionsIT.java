package org.ehashpool.statistics.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.statistics.figures.FilledDatabase;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made ahead, and what has to go. */
class PartitionsIT {
    private static final Instant NOW = Instant.parse("2026-05-20T12:00:00Z");

    private FilledDatabase database;

    @BeforeEach
    void open() throws Exception {
        database = FilledDatabase.empty("partitions");
        for (String table : List.of(
                "event", "sample", "sample_hour", "rejection", "quote_history", "quote_failure", "balance_history")) {
            database.run("drop table if exists " + table + "_any");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private <T> T ask(Function<DSLContext, T> question) {
        return database.database().transactBlocking(Isolation.READ_COMMITTED, question);
    }

    private void make(Instant now) {
        database.database().transactBlocking(Isolation.READ_COMMITTED, sql -> {
            Partitions.make(sql, now.minus(6, ChronoUnit.DAYS), now);
            return true;
        });
    }

    private List<String> drop(List<String> names) {
        names.forEach(name -> ask(sql -> {
            Partitions.drop(sql, name);
            return name;
        }));
        return names;
    }

    @Test
    void shouldKeepOnlyWhatRetentionSaysOverNinetyDays() {
        for (int day = 0; day < 90; day++) {
            Instant now = NOW.plus(day, ChronoUnit.DAYS);
            make(now);
            ask(sql -> sql.execute(
                    "insert into sample select {0} - n * interval '1 hour', 1, 1, 0, 1 from generate_series(0, 23) as n"
                            + " on conflict do nothing",
                    DSL.val(now)));
            drop(ask(sql -> Partitions.before(sql, "sample", now.minus(7, ChronoUnit.DAYS))));
            drop(ask(sql -> Partitions.before(sql, Partitions.MONTHLY, now.minus(31, ChronoUnit.DAYS))));
        }
        Instant end = NOW.plus(89, ChronoUnit.DAYS);
        // Seven days that are over or begun at their limit, the present one, and three that are made ahead.
        assertThat(partitions("sample")).hasSizeLessThanOrEqualTo(7 + 1 + 3);
        assertThat(partitions(Partitions.MONTHLY)).hasSizeLessThanOrEqualTo(3);
        int rows = ask(sql -> sql.fetchCount(DSL.table("sample")));
        assertThat(rows).isBetween(7 * 24, 8 * 24);
        int tooOld = ask(sql -> sql.fetchCount(
                DSL.table("sample"), DSL.condition("bucket < {0}", DSL.val(end.minus(8, ChronoUnit.DAYS)))));
        assertThat(tooOld).isZero();
    }

    @Test
    void shouldNameTheOldestDaysOfEventsThatAreTooManyButNeverThePresentOne() {
        make(NOW);
        for (int day = 0; day < 7; day++) {
            Instant received = NOW.minus(day, ChronoUnit.DAYS);
            ask(sql -> sql.execute(
                    "insert into event select 1, n, {0}, {0}, {0}, 'x', true, jsonb_build_object('text', repeat('x', 200))"
                            + " from generate_series(1, 2000) as n",
                    DSL.val(received)));
        }
        long all = size();
        assertThat(surplus(all)).isEmpty();
        assertThat(surplus(all - 1)).containsExactly("event_2026_05_14");
        assertThat(surplus(all / 2)).hasSizeBetween(3, 4).startsWith("event_2026_05_14", "event_2026_05_15");
        assertThat(surplus(1)).hasSize(6).doesNotContain("event_2026_05_20", "event_2026_05_21");
        drop(surplus(all / 2));
        assertThat(size()).isLessThanOrEqualTo(all / 2);
    }

    private List<String> surplus(long bytes) {
        return ask(sql -> Partitions.surplus(sql, "event", NOW, bytes));
    }

    private long size() {
        return ask(sql -> sql.fetchSingle("""
                        select sum(pg_total_relation_size(inhrelid))::bigint from pg_inherits
                        where inhparent = 'event'::regclass""").get(0, Long.class));
    }

    private List<String> partitions(String table) {
        return ask(sql -> new ArrayList<>(sql.fetch(
                        "select inhrelid::regclass::text as name from pg_inherits where inhparent = to_regclass({0})",
                        DSL.val(table))
                .map(row -> row.get("name", String.class))));
    }
}
