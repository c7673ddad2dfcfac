package org.ehashpool.statistics.store;

import static org.ehashpool.statistics.store.PeerTables.moment;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ehashpool.statistics.fold.Changes;
import org.ehashpool.statistics.fold.Downstream;
import org.ehashpool.statistics.fold.Miner;
import org.ehashpool.statistics.fold.Subject;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Shares by the minute, and why some were rejected. */
final class SampleTables {
    private static final long HOUR = 3_600_000;

    private final DSLContext sql;

    SampleTables(DSLContext sql) {
        this.sql = sql;
    }

    private record Sample(
            long subject,
            long bucket,
            long accepted,
            long rejected,
            BigInteger work,
            @Nullable Double reported) {}

    /** All subjects have their numbers by now. */
    void write(Changes changes) {
        List<Sample> samples = new ArrayList<>();
        add(samples, changes.whole());
        for (Downstream downstream : changes.downstreams()) {
            add(samples, downstream.subject());
        }
        for (Miner miner : changes.miners()) {
            add(samples, miner.subject());
        }
        if (!samples.isEmpty()) {
            // One order for all writers.
            samples.sort(Comparator.comparingLong(Sample::subject).thenComparingLong(Sample::bucket));
            samples(samples);
            staleHours(samples);
        }
        if (!changes.rejections().isEmpty()) {
            rejections(changes.rejections());
        }
    }

    private static void add(List<Sample> samples, Subject subject) {
        subject.minutes()
                .forEach((bucket, minute) -> samples.add(new Sample(
                        subject.id(),
                        bucket,
                        minute.tally().accepted(),
                        minute.tally().rejected(),
                        minute.tally().work(),
                        minute.reported())));
    }

    private void samples(List<Sample> samples) {
        sql.execute(
                """
                insert into sample (bucket, subject, accepted, rejected, work, reported)
                select %s, subject, accepted, rejected, work, reported
                from unnest({0}, {1}, {2}, {3}, {4}, {5}) as told (bucket, subject, accepted, rejected, work, reported)
                on conflict (subject, bucket) do update set accepted = sample.accepted + excluded.accepted,
                    rejected = sample.rejected + excluded.rejected, work = sample.work + excluded.work,
                    reported = coalesce(excluded.reported, sample.reported)
                """.formatted(moment("bucket")),
                Columns.longs(samples, Sample::bucket),
                Columns.longs(samples, Sample::subject),
                Columns.longs(samples, Sample::accepted),
                Columns.longs(samples, Sample::rejected),
                Columns.numbers(samples, Sample::work),
                Columns.doubles(samples, Sample::reported));
    }

    private void staleHours(List<Sample> samples) {
        TreeSet<Long> hours = new TreeSet<>();
        for (Sample sample : samples) {
            hours.add(sample.bucket() - Math.floorMod(sample.bucket(), HOUR));
        }
        sql.execute(
                "insert into stale_hour select %s from unnest({0}) as hour on conflict do nothing"
                        .formatted(moment("hour")),
                Columns.longs(hours, Long::longValue));
    }

    private void rejections(Map<Changes.Rejection, Long> rejections) {
        List<Map.Entry<Changes.Rejection, Long>> rows = new ArrayList<>(rejections.entrySet());
        sql.execute(
                """
                insert into rejection (bucket, downstream_id, reason, count)
                select %s, downstream_id, reason, count
                from unnest({0}, {1}, {2}, {3}) as told (bucket, downstream_id, reason, count)
                on conflict (bucket, downstream_id, reason) do update set count = rejection.count + excluded.count
                """.formatted(moment("bucket")),
                Columns.longs(rows, row -> row.getKey().minute()),
                Columns.longs(rows, row -> row.getKey().downstream().subject().id()),
                Columns.texts(rows, row -> row.getKey().reason()),
                Columns.longs(rows, Map.Entry::getValue));
    }
}
