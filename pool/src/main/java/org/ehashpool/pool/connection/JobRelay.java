package org.ehashpool.pool.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * Brings changes of jobs to all connections of a loop, to each in their order, some connections in each turn so that what
 * a turn sends has left before the next begins.
 *
 * <p>A change that comes while others are still on their way does not wait for them: from then on each connection is
 * brought all that it lacks at once, going round from where the turn was. So a new tip reaches the last connection after
 * one round, whatever was under way, and a connection that lacked two changes gets them in one write.
 */
final class JobRelay {
    private static final int CONNECTIONS_PER_TURN = 128;
    /** With more changes under way than this, turns are no longer yielded. */
    private static final int HURRIED = 8;

    private final Executor executor;
    private final Consumer<MiningConnection> bring;
    private final ObjIntConsumer<JobFrames> arrived;
    private final Deque<Change> underWay = new ArrayDeque<>();
    private final List<MiningConnection> audience = new ArrayList<>();
    private long changes;
    private int next;

    /** One of them, and how many connections are still to be looked at. */
    private static final class Change {
        private final JobFrames frames;
        private final long number;
        private final int connections;
        private int left;

        private Change(JobFrames frames, long number, int connections) {
            this.frames = frames;
            this.number = number;
            this.connections = connections;
            left = connections;
        }
    }

    /**
     * Nothing under way.
     *
     * @param executor of the loop
     * @param bring makes a connection take what it lacks, by {@link #takeAll}
     * @param arrived called when all connections have a change, with their number
     */
    JobRelay(Executor executor, Consumer<MiningConnection> bring, ObjIntConsumer<JobFrames> arrived) {
        this.executor = executor;
        this.bring = bring;
        this.arrived = arrived;
    }

    /** How many changes there were. A connection that begins with what holds now lacks none of them. */
    long changes() {
        return changes;
    }

    /** A change for all {@code connections}, which are those that were opened and not yet closed. */
    void begin(JobFrames frames, Collection<MiningConnection> connections) {
        boolean idle = underWay.isEmpty();
        if (idle) {
            audience.clear();
            audience.addAll(connections);
            next = 0;
        }
        underWay.addLast(new Change(frames, changes++, audience.size()));
        if (idle) {
            turn();
        }
    }

    /** A connection begins: with what holds now, and so it is there for changes that come from now on. */
    void opened(MiningConnection connection) {
        if (!underWay.isEmpty()) {
            audience.add(connection);
            underWay.forEach(change -> change.left++);
        }
    }

    private void turn() {
        int most = underWay.size() > HURRIED ? audience.size() : CONNECTIONS_PER_TURN;
        int looked = 0;
        while (looked < most && looked < underWay.getLast().left) {
            if (next == audience.size() && !beginRound()) {
                underWay.forEach(change -> change.left = 0);
                break;
            }
            bring.accept(audience.get(next++));
            looked++;
        }
        for (Change change : underWay) {
            change.left -= looked;
        }
        // After this turn's messages have been written to their sockets.
        executor.execute(this::afterTurn);
    }

    /** Those that were closed meanwhile are forgotten; whether anybody is left. */
    private boolean beginRound() {
        next = 0;
        audience.removeIf(connection -> !connection.isOpen());
        return !audience.isEmpty();
    }

    private void afterTurn() {
        while (!underWay.isEmpty() && underWay.getFirst().left <= 0) {
            Change change = underWay.removeFirst();
            arrived.accept(change.frames, change.connections);
        }
        if (underWay.isEmpty()) {
            audience.clear();
        } else {
            turn();
        }
    }

    /**
     * Hands over the changes that a connection lacks, in their order.
     *
     * @param from the number of the first that it lacks
     * @return the number of the first that it will lack
     */
    long takeAll(long from, Consumer<JobFrames> taker) {
        if (from < changes) {
            for (Change change : underWay) {
                if (change.number >= from) {
                    taker.accept(change.frames);
                }
            }
        }
        return changes;
    }
}
