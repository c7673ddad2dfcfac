package org.ehashpool.statistics.store;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.ehashpool.statistics.fold.Changes;
import org.ehashpool.statistics.fold.Channel;
import org.ehashpool.statistics.fold.Downstream;
import org.ehashpool.statistics.fold.Miner;
import org.ehashpool.statistics.fold.Session;
import org.ehashpool.statistics.fold.Subject;
import org.ehashpool.statistics.fold.Tally;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Downstreams, miners, sessions and channels: new ones get their numbers, then what is counted is added. */
final class PeerTables {
    private final DSLContext sql;

    PeerTables(DSLContext sql) {
        this.sql = sql;
    }

    /** Milliseconds of a column as a moment. */
    static String moment(String column) {
        return "timestamptz 'epoch' + " + column + " * interval '1 millisecond'";
    }

    void write(Changes changes) {
        addDownstreams(changes.downstreams().stream()
                .filter(downstream -> !downstream.subject().isStored())
                .toList());
        addMiners(changes.miners().stream()
                .filter(miner -> !miner.subject().isStored())
                .toList());
        addSessions(changes.sessions().stream()
                .filter(session -> !session.isStored())
                .toList());
        // Before others of their numbers are opened.
        closeChannels(changes.channels().stream()
                .filter(channel -> channel.isStored() && channel.isClosing())
                .sorted(Comparator.comparingLong(Channel::id))
                .toList());
        addChannels(changes.channels().stream()
                .filter(channel -> !channel.isStored())
                .toList());
        endSessions(changes.sessions().stream()
                .filter(Session::hasEnded)
                .sorted(Comparator.comparingLong(Session::id))
                .toList());
        count(
                "downstream",
                ", sessions = downstream.sessions + counted.sessions",
                sorted(changes.downstreams(), Downstream::subject));
        count("miner", "", sorted(changes.miners(), Miner::subject));
        countSessions(changes.sessions());
        countChannels(changes.channels());
    }

    private static <T> List<Subject> sorted(Collection<T> all, Function<T, Subject> subject) {
        return all.stream()
                .map(subject)
                .sorted(Comparator.comparingLong(Subject::id))
                .toList();
    }

    /** The numbers of rows to be, in one round trip. */
    private List<Long> numbers(String sequence, int count) {
        return count == 0
                ? List.of()
                : sql.fetch("select nextval({0}) from generate_series(1, {1})", inline(sequence), inline(count))
                        .map(row -> row.get(0, Long.class));
    }

    private static <T> Field<T> inline(T value) {
        return DSL.inline(value);
    }

    private void addDownstreams(List<Downstream> fresh) {
        List<Long> numbers = numbers("subject", fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            fresh.get(i).subject().storedAs(numbers.get(i));
        }
        if (!fresh.isEmpty()) {
            sql.execute(
                    """
                    insert into downstream (id, sender_id, kind, vendor, user_identity, host, first_seen_at, last_active_at)
                    select id, sender_id, kind, vendor, user_identity, host, %1$s, %1$s
                    from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6})
                        as fresh (id, sender_id, kind, vendor, user_identity, host, at)
                    """.formatted(moment("at")),
                    Columns.longs(fresh, one -> one.subject().id()),
                    Columns.integers(fresh, one -> one.key().sender()),
                    Columns.texts(fresh, one -> one.key().kind()),
                    Columns.texts(fresh, one -> one.key().vendor()),
                    Columns.texts(fresh, one -> one.key().user()),
                    Columns.texts(fresh, one -> one.key().host()),
                    Columns.longs(fresh, one -> one.subject().firstSeenAt()));
        }
    }

    private void addMiners(List<Miner> fresh) {
        List<Long> numbers = numbers("subject", fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            fresh.get(i).subject().storedAs(numbers.get(i));
        }
        if (!fresh.isEmpty()) {
            sql.execute(
                    """
                    insert into miner (id, sender_id, user_identity, first_seen_at, last_active_at)
                    select id, sender_id, user_identity, %1$s, %1$s
                    from unnest({0}, {1}, {2}, {3}) as fresh (id, sender_id, user_identity, at)
                    """.formatted(moment("at")),
                    Columns.longs(fresh, one -> one.subject().id()),
                    Columns.integers(fresh, one -> one.key().sender()),
                    Columns.texts(fresh, one -> one.key().user()),
                    Columns.longs(fresh, one -> one.subject().firstSeenAt()));
        }
    }

    private void addSessions(List<Session> fresh) {
        List<Long> numbers = numbers("session_id_seq", fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            fresh.get(i).storedAs(numbers.get(i));
        }
        if (!fresh.isEmpty()) {
            sql.execute(
                    """
                    insert into session (id, downstream_id, boot, number, peer, flags, connected_at, last_active_at)
                    overriding system value
                    select id, downstream_id, boot, number, peer, flags, %1$s, %1$s
                    from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6})
                        as fresh (id, downstream_id, boot, number, peer, flags, at)
                    """.formatted(moment("at")),
                    Columns.longs(fresh, Session::id),
                    Columns.longs(fresh, one -> one.downstream().subject().id()),
                    Columns.integers(fresh, one -> one.key().boot()),
                    Columns.longs(fresh, one -> one.key().number()),
                    Columns.texts(fresh, Session::peer),
                    Columns.longs(fresh, Session::flags),
                    Columns.longs(fresh, Session::connectedAt));
        }
    }

    private void addChannels(List<Channel> fresh) {
        List<Long> numbers = numbers("channel_id_seq", fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            fresh.get(i).storedAs(numbers.get(i));
        }
        if (!fresh.isEmpty()) {
            sql.execute(
                    """
                    insert into channel (id, session_id, miner_id, number, kind, nominal_hashrate, opened_at, closed_at,
                        reason)
                    overriding system value
                    select id, session_id, miner_id, number, kind, nominal_hashrate, %s, %s, reason
                    from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8})
                        as fresh (id, session_id, miner_id, number, kind, nominal_hashrate, at, closed, reason)
                    """.formatted(moment("at"), moment("closed")),
                    Columns.longs(fresh, Channel::id),
                    Columns.longs(fresh, one -> one.session().id()),
                    Columns.longs(fresh, one -> one.miner().subject().id()),
                    Columns.longs(fresh, Channel::number),
                    Columns.texts(fresh, Channel::kind),
                    Columns.doubles(fresh, Channel::nominalHashrate),
                    Columns.longs(fresh, Channel::openedAt),
                    Columns.optionalLongs(fresh, Channel::closedAt),
                    Columns.texts(fresh, Channel::reason));
        }
    }

    private void closeChannels(List<Channel> closed) {
        if (!closed.isEmpty()) {
            sql.execute(
                    """
                    update channel set closed_at = %s, reason = told.reason
                    from unnest({0}, {1}, {2}) as told (id, at, reason) where channel.id = told.id
                    """.formatted(moment("told.at")),
                    Columns.longs(closed, Channel::id),
                    Columns.optionalLongs(closed, Channel::closedAt),
                    Columns.texts(closed, Channel::reason));
        }
    }

    private void endSessions(List<Session> ended) {
        if (!ended.isEmpty()) {
            sql.execute(
                    """
                    update session set disconnected_at = %s, reason = told.reason
                    from unnest({0}, {1}, {2}) as told (id, at, reason) where session.id = told.id
                    """.formatted(moment("told.at")),
                    Columns.longs(ended, Session::id),
                    Columns.optionalLongs(ended, Session::disconnectedAt),
                    Columns.texts(ended, Session::reason));
            sql.execute(
                    """
                    update channel set closed_at = %s, reason = told.reason
                    from unnest({0}, {1}, {2}) as told (id, at, reason)
                    where channel.session_id = told.id and channel.closed_at is null
                    """.formatted(moment("told.at")),
                    Columns.longs(ended, Session::id),
                    Columns.optionalLongs(ended, Session::disconnectedAt),
                    Columns.texts(ended, Session::reason));
        }
    }

    private void count(String table, String more, List<Subject> subjects) {
        if (!subjects.isEmpty()) {
            sql.execute(
                    """
                    update %1$s set accepted = %1$s.accepted + counted.accepted,
                        rejected = %1$s.rejected + counted.rejected, work = %1$s.work + counted.work,
                        last_share_at = greatest(%1$s.last_share_at, %2$s),
                        last_active_at = greatest(%1$s.last_active_at, %3$s)%4$s
                    from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6})
                        as counted (id, accepted, rejected, work, share_at, active_at, sessions)
                    where %1$s.id = counted.id
                    """.formatted(table, moment("counted.share_at"), moment("counted.active_at"), more),
                    Columns.longs(subjects, Subject::id),
                    Columns.longs(subjects, one -> one.total().accepted()),
                    Columns.longs(subjects, one -> one.total().rejected()),
                    Columns.numbers(subjects, one -> one.total().work()),
                    Columns.optionalLongs(subjects, one -> one.total().lastShareAt()),
                    Columns.longs(subjects, Subject::lastActiveAt),
                    Columns.longs(subjects, Subject::sessions));
        }
    }

    private void countSessions(Collection<Session> all) {
        List<Session> sessions =
                all.stream().sorted(Comparator.comparingLong(Session::id)).toList();
        if (!sessions.isEmpty()) {
            sql.execute(
                    """
                    update session set accepted = session.accepted + counted.accepted,
                        rejected = session.rejected + counted.rejected, work = session.work + counted.work,
                        last_share_at = greatest(session.last_share_at, %s),
                        last_active_at = greatest(session.last_active_at, %s)
                    from unnest({0}, {1}, {2}, {3}, {4}, {5})
                        as counted (id, accepted, rejected, work, share_at, active_at)
                    where session.id = counted.id
                    """.formatted(moment("counted.share_at"), moment("counted.active_at")),
                    Columns.longs(sessions, Session::id),
                    Columns.longs(sessions, one -> one.tally().accepted()),
                    Columns.longs(sessions, one -> one.tally().rejected()),
                    Columns.numbers(sessions, one -> one.tally().work()),
                    Columns.optionalLongs(sessions, one -> one.tally().lastShareAt()),
                    Columns.longs(sessions, Session::lastActiveAt));
        }
    }

    private void countChannels(Collection<Channel> all) {
        List<Channel> channels = all.stream()
                .filter(channel -> isCounted(channel.tally()))
                .sorted(Comparator.comparingLong(Channel::id))
                .toList();
        if (!channels.isEmpty()) {
            sql.execute(
                    """
                    update channel set accepted = channel.accepted + counted.accepted,
                        rejected = channel.rejected + counted.rejected, work = channel.work + counted.work,
                        last_share_at = greatest(channel.last_share_at, %s)
                    from unnest({0}, {1}, {2}, {3}, {4}) as counted (id, accepted, rejected, work, share_at)
                    where channel.id = counted.id
                    """.formatted(moment("counted.share_at")),
                    Columns.longs(channels, Channel::id),
                    Columns.longs(channels, one -> one.tally().accepted()),
                    Columns.longs(channels, one -> one.tally().rejected()),
                    Columns.numbers(channels, one -> one.tally().work()),
                    Columns.optionalLongs(channels, one -> one.tally().lastShareAt()));
        }
    }

    private static boolean isCounted(Tally tally) {
        return tally.accepted() > 0 || tally.rejected() > 0 || !tally.work().equals(BigInteger.ZERO);
    }
}
