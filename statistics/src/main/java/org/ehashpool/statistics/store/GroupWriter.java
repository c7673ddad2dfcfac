package org.ehashpool.statistics.store;

import static org.ehashpool.statistics.store.PeerTables.moment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ehashpool.statistics.fold.Beat;
import org.ehashpool.statistics.fold.Changes;
import org.ehashpool.statistics.fold.Directory;
import org.ehashpool.statistics.fold.Fold;
import org.ehashpool.statistics.fold.Told;
import org.ehashpool.statistics.fold.Wanted;
import org.jooq.DSLContext;

/** A group of messages and all their effects, as a part of one transaction. */
public final class GroupWriter {
    private final Directory directory;
    private final Fold fold;

    /** @param directory the fold's */
    public GroupWriter(Directory directory, Fold fold) {
        this.directory = directory;
        this.fold = fold;
    }

    /**
     * Writes a group.
     *
     * @param countable false to keep its events aside
     * @return what was written; the directory may go on only when the transaction is committed
     */
    public Changes write(DSLContext sql, List<Told> group, boolean countable) {
        Set<Integer> boots = new TreeSet<>();
        group.forEach(told -> boots.add(told.origin().boot()));
        Map<Integer, Long> lastSeq = new HashMap<>();
        sql.fetch(
                        "select id, last_seq from boot where id = any({0}) order by id for update",
                        Columns.integers(boots, Integer::intValue))
                .forEach(row -> lastSeq.put(row.get("id", Integer.class), row.get("last_seq", Long.class)));
        if (countable) {
            Wanted wanted = Wanted.of(group, directory);
            if (!wanted.isEmpty()) {
                new DirectoryReader(sql, directory).read(wanted);
            }
        }
        Changes changes = fold.fold(group, lastSeq, countable);
        advance(sql, changes);
        if (!changes.events().isEmpty()) {
            EventCopy.write(sql, changes.events());
        }
        if (!changes.gaps().isEmpty()) {
            gaps(sql, changes.gaps());
        }
        if (!changes.aside().isEmpty()) {
            aside(sql, new ArrayList<>(changes.aside().entrySet()));
        }
        if (!changes.sessions().isEmpty()) {
            new PeerTables(sql).write(changes);
        }
        new SampleTables(sql).write(changes);
        new MoneyTables(sql).write(changes);
        if (!changes.beats().isEmpty()) {
            beats(sql, changes.beats());
        }
        if (!changes.ended().isEmpty()) {
            end(sql, changes.ended());
        }
        return changes;
    }

    private static void advance(DSLContext sql, Changes changes) {
        List<Map.Entry<Integer, Changes.Progress>> further = changes.progress().entrySet().stream()
                .filter(boot -> boot.getValue().seenAt() != Long.MIN_VALUE)
                .sorted(Map.Entry.comparingByKey())
                .toList();
        if (!further.isEmpty()) {
            sql.execute(
                    """
                    update boot set last_seq = told.last_seq, last_seen_at = greatest(boot.last_seen_at, %s)
                    from unnest({0}, {1}, {2}) as told (id, last_seq, seen_at) where boot.id = told.id
                    """.formatted(moment("told.seen_at")),
                    Columns.integers(further, Map.Entry::getKey),
                    Columns.longs(further, boot -> boot.getValue().lastSeq()),
                    Columns.longs(further, boot -> boot.getValue().seenAt()));
        }
    }

    private static void gaps(DSLContext sql, List<Changes.Gap> gaps) {
        sql.execute(
                """
                insert into gap (boot, from_seq, to_seq, noticed_at)
                select boot, from_seq, to_seq, %s from unnest({0}, {1}, {2}, {3}) as told (boot, from_seq, to_seq, at)
                on conflict (boot, from_seq) do update set to_seq = excluded.to_seq
                """.formatted(moment("at")),
                Columns.integers(gaps, Changes.Gap::boot),
                Columns.longs(gaps, Changes.Gap::from),
                Columns.longs(gaps, Changes.Gap::to),
                Columns.longs(gaps, Changes.Gap::noticedAt));
    }

    private static void aside(DSLContext sql, List<Map.Entry<Changes.Aside, Changes.Times>> aside) {
        sql.execute(
                """
                insert into unknown_event (sender_id, type, count, last_at)
                select sender_id, type, count, %s from unnest({0}, {1}, {2}, {3}) as told (sender_id, type, count, at)
                on conflict (sender_id, type) do update set count = unknown_event.count + excluded.count,
                    last_at = excluded.last_at
                """.formatted(moment("at")),
                Columns.integers(aside, row -> row.getKey().sender()),
                Columns.texts(aside, row -> row.getKey().type()),
                Columns.longs(aside, row -> row.getValue().count()),
                Columns.longs(aside, row -> row.getValue().lastAt()));
    }

    private static void beats(DSLContext sql, Collection<Beat> beats) {
        sql.execute(
                """
                update service set state = told.state, version = told.version, details = told.details::jsonb,
                    started_at = %s, last_heartbeat_at = %s, clock_ahead = told.ahead
                from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6})
                    as told (sender_id, state, version, details, started_at, received_at, ahead)
                where service.sender_id = told.sender_id
                """.formatted(moment("told.started_at"), moment("told.received_at")),
                Columns.integers(beats, Beat::sender),
                Columns.texts(beats, beat -> beat.heartbeat().state()),
                Columns.texts(beats, beat -> beat.heartbeat().version()),
                Columns.texts(beats, beat -> beat.heartbeat().details().toString()),
                Columns.longs(
                        beats,
                        beat -> Math.max(0, beat.countedAt() - beat.heartbeat().uptime())),
                Columns.longs(beats, Beat::receivedAt),
                Columns.longs(beats, beat -> beat.at() - beat.receivedAt()));
    }

    /** Whoever was still connected then is not any more. */
    private static void end(DSLContext sql, Map<Integer, Long> ended) {
        List<Map.Entry<Integer, Long>> boots =
                ended.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        sql.execute("update boot set ended = true where id = any({0})", Columns.integers(boots, Map.Entry::getKey));
        sql.execute(
                """
                update channel set closed_at = %s, reason = 'stopped'
                from unnest({0}, {1}) as told (boot, at) join session on session.boot = told.boot
                where channel.session_id = session.id and channel.closed_at is null
                """.formatted(moment("told.at")),
                Columns.integers(boots, Map.Entry::getKey),
                Columns.longs(boots, Map.Entry::getValue));
        sql.execute(
                """
                update session set disconnected_at = %s, reason = 'stopped'
                from unnest({0}, {1}) as told (boot, at)
                where session.boot = told.boot and session.disconnected_at is null
                """.formatted(moment("told.at")),
                Columns.integers(boots, Map.Entry::getKey),
                Columns.longs(boots, Map.Entry::getValue));
    }
}
