package org.ehashpool.statistics.fold;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tables hold of those who are told of, as far as it was asked for. Belongs to the one writer; it is forgotten
 * when a transaction fails, and when it grows large.
 */
public final class Directory {
    private static final int LARGEST = 200_000;
    private static final int GROUPS_UNTIL_LOOK = 64;

    private final Map<Session.Key, Session> sessions = new HashMap<>();
    private final Map<Downstream.Key, Downstream> downstreams = new HashMap<>();
    private final Map<Miner.Key, Miner> miners = new HashMap<>();
    private long downstreamRows = -1;
    private long minerRows = -1;
    private long groups;

    /** Whether the tables' sizes are known. */
    public boolean isCounted() {
        return downstreamRows >= 0;
    }

    /** How many rows there are. */
    public void count(long ofDownstreams, long ofMiners) {
        downstreamRows = ofDownstreams;
        minerRows = ofMiners;
    }

    boolean hasRoomForDownstream(int most) {
        return downstreamRows < most;
    }

    boolean hasRoomForMiner(int most) {
        return minerRows < most;
    }

    public @Nullable Session session(Session.Key key) {
        return sessions.get(key);
    }

    public @Nullable Downstream downstream(Downstream.Key key) {
        return downstreams.get(key);
    }

    public @Nullable Miner miner(Miner.Key key) {
        return miners.get(key);
    }

    public void put(Session session) {
        sessions.put(session.key(), session);
    }

    public void put(Downstream downstream) {
        downstreams.put(downstream.key(), downstream);
    }

    public void put(Miner miner) {
        miners.put(miner.key(), miner);
    }

    void add(Downstream downstream) {
        put(downstream);
        downstreamRows++;
    }

    void add(Miner miner) {
        put(miner);
        minerRows++;
    }

    /** All at once: parts of it know each other. */
    public void forget() {
        sessions.clear();
        downstreams.clear();
        miners.clear();
        downstreamRows = -1;
        minerRows = -1;
    }

    /** The changes are written: they begin at zero again, and what has ended need not be known any longer. */
    public void written(Changes changes) {
        changes.downstreams().forEach(downstream -> downstream.subject().written());
        changes.miners().forEach(miner -> miner.subject().written());
        changes.channels().forEach(Channel::written);
        for (Session session : changes.sessions()) {
            session.written();
            if (session.disconnectedAt() != null) {
                sessions.remove(session.key());
            }
        }
        if (++groups % GROUPS_UNTIL_LOOK == 0 && size() > LARGEST) {
            forget();
        }
    }

    private long size() {
        long channels = 0;
        for (Session session : sessions.values()) {
            channels += session.channels();
        }
        return channels + sessions.size() + downstreams.size() + miners.size();
    }
}
