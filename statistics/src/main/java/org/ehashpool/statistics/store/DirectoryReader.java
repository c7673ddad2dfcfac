package org.ehashpool.statistics.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.statistics.fold.Channel;
import org.ehashpool.statistics.fold.Directory;
import org.ehashpool.statistics.fold.Downstream;
import org.ehashpool.statistics.fold.Miner;
import org.ehashpool.statistics.fold.Session;
import org.ehashpool.statistics.fold.Subject;
import org.ehashpool.statistics.fold.Wanted;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads what a group of messages names into the directory. */
final class DirectoryReader {
    private final DSLContext sql;
    private final Directory directory;

    DirectoryReader(DSLContext sql, Directory directory) {
        this.sql = sql;
        this.directory = directory;
    }

    void read(Wanted wanted) {
        if (!directory.isCounted()) {
            Record rows = sql.fetchSingle(
                    "select (select count(*) from downstream) as downstreams, (select count(*) from miner) as miners");
            directory.count(rows.get("downstreams", Long.class), rows.get("miners", Long.class));
        }
        if (!wanted.sessions().isEmpty()) {
            sessions(wanted.sessions());
        }
        if (!wanted.downstreams().isEmpty()) {
            downstreams(wanted.downstreams());
        }
        if (!wanted.miners().isEmpty()) {
            miners(wanted.miners());
        }
        if (!wanted.channels().isEmpty()) {
            channels(wanted.channels());
        }
    }

    private void sessions(Collection<Session.Key> keys) {
        sql.fetch("""
                        select session.id, session.boot, session.number, downstream.id as downstream,
                            downstream.sender_id, downstream.kind, downstream.vendor, downstream.user_identity,
                            downstream.host
                        from unnest({0}, {1}) as wanted (boot, number)
                        join session on session.boot = wanted.boot and session.number = wanted.number
                        join downstream on downstream.id = session.downstream_id""", Columns.integers(keys, Session.Key::boot), Columns.longs(keys, Session.Key::number))
                .forEach(row -> directory.put(Session.stored(
                        new Session.Key(row.get("boot", Integer.class), row.get("number", Long.class)),
                        downstream(row, "downstream"),
                        row.get("id", Long.class))));
    }

    private Downstream downstream(Record row, String id) {
        Downstream.Key key = new Downstream.Key(
                row.get("sender_id", Integer.class),
                row.get("kind", String.class),
                row.get("vendor", String.class),
                row.get("user_identity", String.class),
                row.get("host", String.class));
        Downstream known = directory.downstream(key);
        if (known != null) {
            return known;
        }
        Downstream read = new Downstream(key, Subject.stored(row.get(id, Long.class)));
        directory.put(read);
        return read;
    }

    private void downstreams(Collection<Downstream.Key> keys) {
        sql.fetch(
                        """
                        select downstream.*
                        from unnest({0}, {1}, {2}, {3}, {4}) as wanted (sender_id, kind, vendor, user_identity, host)
                        join downstream using (sender_id, kind, vendor, user_identity, host)""",
                        Columns.integers(keys, Downstream.Key::sender),
                        Columns.texts(keys, Downstream.Key::kind),
                        Columns.texts(keys, Downstream.Key::vendor),
                        Columns.texts(keys, Downstream.Key::user),
                        Columns.texts(keys, Downstream.Key::host))
                .forEach(row -> downstream(row, "id"));
    }

    private Miner miner(Record row, String id) {
        Miner.Key key = new Miner.Key(row.get("sender_id", Integer.class), row.get("user_identity", String.class));
        Miner known = directory.miner(key);
        if (known != null) {
            return known;
        }
        Miner read = new Miner(key, Subject.stored(row.get(id, Long.class)));
        directory.put(read);
        return read;
    }

    private void miners(Collection<Miner.Key> keys) {
        sql.fetch("""
                        select miner.* from unnest({0}, {1}) as wanted (sender_id, user_identity)
                        join miner using (sender_id, user_identity)""", Columns.integers(keys, Miner.Key::sender), Columns.texts(keys, Miner.Key::user))
                .forEach(row -> miner(row, "id"));
    }

    private void channels(Map<Session.Key, Set<Long>> wanted) {
        record Asked(Session session, long number) {}
        List<Asked> asked = new ArrayList<>();
        wanted.forEach((key, numbers) -> {
            Session session = directory.session(key);
            if (session != null) {
                numbers.forEach(number -> asked.add(new Asked(session, number)));
            }
        });
        if (asked.isEmpty()) {
            return;
        }
        sql.fetch(
                        """
                        select distinct on (channel.session_id, channel.number)
                            wanted.boot, wanted.session_number, channel.id, channel.number,
                            channel.closed_at is null as open, miner.id as miner, miner.sender_id, miner.user_identity
                        from unnest({0}, {1}, {2}, {3}) as wanted (session_id, number, boot, session_number)
                        join channel on channel.session_id = wanted.session_id and channel.number = wanted.number
                        join miner on miner.id = channel.miner_id
                        order by channel.session_id, channel.number, channel.closed_at is null desc, channel.id desc""",
                        Columns.longs(asked, one -> one.session().id()),
                        Columns.longs(asked, Asked::number),
                        Columns.integers(asked, one -> one.session().key().boot()),
                        Columns.longs(asked, one -> one.session().key().number()))
                .forEach(row -> {
                    Session session = directory.session(
                            new Session.Key(row.get("boot", Integer.class), row.get("session_number", Long.class)));
                    if (session != null) {
                        session.known(Channel.stored(
                                session,
                                miner(row, "miner"),
                                row.get("number", Long.class),
                                row.get("id", Long.class),
                                row.get("open", Boolean.class)));
                    }
                });
    }
}
