package org.ehashpool.pool.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.server.LoopResources;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.pool.account.Tally;
import org.ehashpool.pool.events.PoolEvents;
import org.ehashpool.pool.ledger.CommitLane;
import org.ehashpool.pool.ledger.GroupCommit;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;

/**
 * The miners of one event loop. Everything runs on that loop; long work over all connections is cut into turns, so that
 * what a turn sends has left before the next begins, and shares are answered in between.
 */
final class MiningLoop {
    /** Calls of {@link #tick} until each connection had its turn. */
    static final int TICKS = 100;

    private static final int CONNECTIONS_PER_TURN = 128;

    private final Executor executor;
    private final LoopResources resources;
    private final Surroundings surroundings;
    private final CommitLane lane;
    private final ShareGate gate;
    private final Tally tally;
    private final MiningStats stats;
    private final LockingKeys lockingKeys = new LockingKeys();
    private final Map<Long, MiningConnection> connections = new HashMap<>();
    private final List<List<MiningConnection>> tickTable = new ArrayList<>(TICKS);
    private final JobRelay relay;
    private JobSnapshot snapshot = JobSnapshot.EMPTY;
    private boolean updated;
    private int nextTick;

    MiningLoop(Executor executor, LoopResources resources, GroupCommit commit, Surroundings surroundings) {
        this.executor = executor;
        this.resources = resources;
        this.surroundings = surroundings;
        lane = commit.lane(executor, this::settled);
        gate = (submission, job) -> lane.isOpen() && surroundings.accepting().getAsBoolean()
                ? Optional.empty()
                : Optional.of(ShareError.STORAGE_UNAVAILABLE);
        tally = new Tally(surroundings.clock().millis());
        stats = new MiningStats(surroundings.stats());
        relay = new JobRelay(executor, connection -> guarded(connection, MiningConnection::update), this::arrived);
        for (int i = 0; i < TICKS; i++) {
            tickTable.add(new ArrayList<>(0));
        }
    }

    Surroundings surroundings() {
        return surroundings;
    }

    LoopResources resources() {
        return resources;
    }

    CommitLane lane() {
        return lane;
    }

    ShareGate gate() {
        return gate;
    }

    LockingKeys lockingKeys() {
        return lockingKeys;
    }

    Tally tally() {
        return tally;
    }

    MiningStats stats() {
        return stats;
    }

    void execute(Runnable task) {
        executor.execute(task);
    }

    /** What holds before the first update; ignored if that came earlier. */
    void begin(JobSnapshot first) {
        if (!updated) {
            snapshot = first;
        }
    }

    /** Takes a connection on, from the jobs that hold now. */
    MiningConnection open(MinerLink link) {
        MiningConnection connection = new MiningConnection(this, link, snapshot);
        connections.put(connection.connectionId(), connection);
        relay.opened(connection);
        ticks(connection).add(connection);
        surroundings.metrics().opened(link.info().kind());
        stats.connected(link.info());
        return connection;
    }

    /** A connection has ended; whatever it still held is released. */
    void close(MiningConnection connection, String reason) {
        if (connections.remove(connection.connectionId()) != null) {
            ticks(connection).remove(connection);
            surroundings.metrics().closed(connection.link().info().kind());
            connection.ended(Text.of(reason));
            stats.disconnected(connection.connectionId(), reason);
        }
    }

    private List<MiningConnection> ticks(MiningConnection connection) {
        return tickTable.get((int) (connection.connectionId() % TICKS));
    }

    @Nullable
    MiningConnection connection(long connectionId) {
        return connections.get(connectionId);
    }

    /** Passes a change of jobs on to every connection, after the changes before it. */
    void update(JobFrames frames) {
        updated = true;
        snapshot = frames.update().snapshot();
        relay.begin(frames, connections.values());
    }

    JobRelay relay() {
        return relay;
    }

    private void arrived(JobFrames frames, int audience) {
        if (frames.update() instanceof JobUpdate.NewTip tip && tip.previousHashChanged()) {
            resources.extranonces().previousHashChanged(tip.tip().previousHash());
        }
        long nanos = surroundings.nanoTime().getAsLong() - frames.receivedAt();
        surroundings.metrics().broadcast(frames.kind(), nanos);
        PoolEvents.broadcast(frames.kind().label(), audience, Duration.ofNanos(nanos));
    }

    /** Lets one part in {@link #TICKS} of the connections learn from shares that did not come, and tells of shares. */
    void tick() {
        stats.tick(surroundings.clock().millis());
        List<MiningConnection> due = List.copyOf(tickTable.get(nextTick));
        nextTick = (nextTick + 1) % TICKS;
        for (MiningConnection connection : due) {
            guarded(connection, MiningConnection::tick);
        }
    }

    /** A bug that one connection brings to light costs that connection only. */
    private static void guarded(MiningConnection connection, Consumer<MiningConnection> action) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            action.accept(connection);
        } catch (RuntimeException e) {
            PoolEvents.bug(connection.connectionId(), e);
            connection.link().abort(CloseReason.INTERNAL_ERROR);
        }
    }

    private void settled(List<ShareCredit> credits, List<Outcome> outcomes) {
        long now = surroundings.clock().millis();
        List<OpenChannel> channels = new ArrayList<>();
        double hashes = 0;
        int recorded = 0;
        int keyless = 0;
        for (int i = 0; i < credits.size(); i++) {
            ShareCredit credit = credits.get(i);
            Outcome outcome = outcomes.get(i);
            if (outcome == Outcome.RECORDED) {
                recorded++;
                if (!credit.hasPayee()) {
                    keyless++;
                }
                hashes += credit.target().expectedHashes();
                tally.accepted(credit.target(), 1, now);
            }
            MiningConnection connection = connections.get(credit.connectionId());
            if (connection == null && outcome == Outcome.RECORDED) {
                stats.recordedLate(credit, now);
            }
            OpenChannel channel = connection == null ? null : connection.settle(credit, outcome, now);
            if (channel != null) {
                channels.add(channel);
            }
        }
        stats.tellLate();
        surroundings.metrics().accepted(recorded, keyless, hashes);
        for (OpenChannel channel : channels) {
            guarded(channel.connection, connection -> connection.tell(channel));
        }
    }

    /** Reads no more, and hands over what was accepted. */
    void quiesce() {
        connections.values().forEach(connection -> connection.link().pause());
        lane.handOver();
    }

    /** Asks all miners to come again. */
    void sendToAll(Reconnect message) {
        connections.values().forEach(connection -> connection.link().send(message));
    }

    /** Ends the connections and channels of those who are banned by now. */
    void enforceBans() {
        inTurns(
                connections.values().toArray(MiningConnection[]::new),
                0,
                connection -> {
                    if (surroundings
                            .bans()
                            .of(connection.link().info().peer().getAddress())
                            .isPresent()) {
                        connection.link().close(CloseReason.CLOSED, "banned");
                    } else {
                        connection.enforceBans();
                    }
                },
                () -> {
                    // Nobody waits for the end of it.
                });
    }

    /** Tells miners of quotes, those that are here, want to know and read. */
    void notices(List<EhashNotice> notices) {
        for (EhashNotice notice : notices) {
            MiningConnection connection = connections.get(notice.connectionId());
            if (connection != null) {
                guarded(connection, one -> one.notice(notice.message()));
            }
        }
    }

    /** Tells all miners that want to know of the mints. */
    void mintsChanged() {
        inTurns(connections.values().toArray(MiningConnection[]::new), 0, MiningConnection::negotiated, () -> {
            // Nobody waits for the end of it.
        });
    }

    /** What can be seen of a loop. */
    record View(List<ConnectionView> connections, Tally.Figures figures, JobSnapshot jobs) {}

    /** Looks at all connections, some in each turn. */
    void view(Consumer<View> viewer) {
        MiningConnection[] present = connections.values().toArray(MiningConnection[]::new);
        List<ConnectionView> views = new ArrayList<>(present.length);
        inTurns(
                present,
                0,
                connection -> views.add(connection.view()),
                () -> viewer.accept(
                        new View(views, tally.figures(surroundings.clock().millis()), snapshot)));
    }

    private void inTurns(MiningConnection[] present, int from, Consumer<MiningConnection> action, Runnable end) {
        int to = Math.min(present.length, from + CONNECTIONS_PER_TURN);
        for (MiningConnection connection : Arrays.asList(present).subList(from, to)) {
            guarded(connection, action);
        }
        if (to < present.length) {
            executor.execute(() -> inTurns(present, to, action, end));
        } else {
            end.run();
        }
    }
}
