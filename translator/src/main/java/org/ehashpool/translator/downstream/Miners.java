package org.ehashpool.translator.downstream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ehashpool.kit.stats.ShareReports;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.translator.sv1.JobLines;
import org.ehashpool.translator.sv1.MinerNames;
import org.ehashpool.translator.sv1.Request;
import org.ehashpool.translator.sv1.SessionSettings;
import org.ehashpool.translator.sv1.Sv1Session;
import org.ehashpool.translator.work.Place;
import org.ehashpool.translator.work.WorkSource;
import org.jspecify.annotations.Nullable;

/** All miners, on the translator's event loop. What others ask is answered there. */
public final class Miners {
    private static final long TICK_MILLIS = 1_000;
    /** Miners of whose shares is told. */
    private static final int TOLD_IN_A_TICK = 2_048;

    private static final long DRAIN_LOOK_MILLIS = 10;

    private final Context loop;
    private final WorkSource source;
    private final SessionSettings settings;
    private final MinerNames names;
    private final MinerMetrics metrics;
    private final StatsSink sink;
    private final ShareReports shares;
    private final MinerEvents events;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final JobLines lines = new JobLines();
    private final Map<Long, MinerConnection> miners = new LinkedHashMap<>();
    private long timer = -1;
    private Census departed = Census.NOBODY;
    private @Nullable Census recent;
    private long recentAt;

    Miners(
            Context loop,
            WorkSource source,
            SessionSettings settings,
            MinerNames names,
            MinerMetrics metrics,
            StatsSink sink,
            MinerEvents events,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.loop = loop;
        this.source = source;
        this.settings = settings;
        this.names = names;
        this.metrics = metrics;
        this.sink = sink;
        shares = new ShareReports(sink);
        this.events = events;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Begins to keep miners alive. */
    void start() {
        loop.runOnContext(turn -> timer = loop.owner().setPeriodic(TICK_MILLIS, tick -> tick()));
    }

    void stop() {
        loop.runOnContext(turn -> {
            loop.owner().cancelTimer(timer);
            shares.tellAll();
        });
    }

    private void tick() {
        miners.forEach((id, miner) -> guarded(id, miner, MinerConnection::tick));
        shares.tick(clock.millis(), TOLD_IN_A_TICK);
    }

    private interface Step {
        void on(MinerConnection miner);
    }

    /** A bug that concerns one miner ends that miner's connection and no other's. */
    private static void guarded(long id, MinerConnection miner, Step step) {
        try {
            step.on(miner);
        } catch (RuntimeException e) {
            MinerEvents.bug(id, e);
            miner.end(EndReason.INTERNAL_ERROR);
        }
    }

    /** From a connection's event loop. */
    void received(Wire wire, List<Request> requests) {
        loop.runOnContext(turn -> {
            try {
                MinerConnection miner = miners.get(wire.id());
                if (miner == null) {
                    admit(wire, requests);
                } else {
                    miner.receive(requests);
                }
            } catch (RuntimeException e) {
                MinerEvents.bug(wire.id(), e);
                wire.end(EndReason.INTERNAL_ERROR);
            } finally {
                wire.handled();
            }
        });
    }

    /** The first requests make a place necessary: who says nothing costs none. */
    private void admit(Wire wire, List<Request> requests) {
        MinerStats stats = new MinerStats(sink, shares, metrics, clock);
        MinerConnection miner = new MinerConnection(wire, metrics, stats, events, nanoTime);
        Optional<Place> place = source.admit(miner);
        if (place.isEmpty()) {
            wire.send(Sv1Session.full(requests.getFirst()));
            wire.end(EndReason.NO_PLACE);
            return;
        }
        miner.placed(
                place.get(),
                new Sv1Session(
                        settings,
                        lines,
                        names,
                        "%08x".formatted(wire.id()),
                        place.get().extranonce(),
                        stats,
                        nanoTime.getAsLong()));
        miners.put(wire.id(), miner);
        miner.receive(requests);
    }

    /** From a connection's event loop, after the last requests. */
    void ended(SocketWire wire) {
        loop.runOnContext(turn -> {
            @Nullable MinerConnection miner = miners.remove(wire.id());
            events.disconnected(wire, miner == null ? "" : miner.user());
            if (miner != null) {
                miner.view(nanoTime.getAsLong(), clock.millis()).ifPresent(last -> departed = departed.departed(last));
                guarded(wire.id(), miner, gone -> gone.ended(wire.reason()));
                recent = null;
            }
        });
    }

    /** Reads no more; succeeds when no share waits for its answer, or the grace is over, and all are ended. */
    Future<Void> drain(Duration grace) {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(turn -> {
            miners.values().forEach(MinerConnection::silence);
            long begun = nanoTime.getAsLong();
            // What was read before reading stopped comes first.
            loop.owner().setTimer(DRAIN_LOOK_MILLIS, look -> drained(begun, grace, done));
        });
        return done.future();
    }

    private void drained(long begun, Duration grace, Promise<Void> done) {
        int unanswered =
                miners.values().stream().mapToInt(MinerConnection::unanswered).sum();
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - begun);
        if (unanswered > 0 && took.compareTo(grace) < 0) {
            loop.owner().setTimer(DRAIN_LOOK_MILLIS, again -> drained(begun, grace, done));
            return;
        }
        MinerEvents.drained(miners.size(), unanswered, took);
        miners.values().forEach(miner -> miner.end(EndReason.SHUTDOWN));
        done.complete();
    }

    /** All miners, as they were within the last second, and all shares since the start. */
    public Future<Census> census() {
        return ask(() -> {
            long now = nanoTime.getAsLong();
            Census known = recent;
            if (known == null || now - recentAt > Duration.ofSeconds(1).toNanos()) {
                long millis = clock.millis();
                known = departed.with(miners.values().stream()
                        .flatMap(miner -> miner.view(now, millis).stream())
                        .toList());
                recent = known;
                recentAt = now;
            }
            return known;
        });
    }

    /** One miner as it is now; empty if there is none of that id. */
    public Future<Optional<MinerView>> view(long id) {
        return ask(() ->
                Optional.ofNullable(miners.get(id)).flatMap(miner -> miner.view(nanoTime.getAsLong(), clock.millis())));
    }

    /** Shows a text on a miner; false if there is none of that id. */
    public Future<Boolean> show(long id, String text) {
        return act(id, "show_message", miner -> miner.show(text));
    }

    /**
     * Asks a miner to connect again; false if there is none of that id.
     *
     * @param host empty: where it is connected now
     */
    public Future<Boolean> reconnect(long id, Optional<String> host, int port, int waitSeconds) {
        return act(id, "reconnect", miner -> miner.reconnect(host, port, waitSeconds));
    }

    /** Ends a connection; false if there is none of that id. */
    public Future<Boolean> disconnect(long id) {
        return act(id, "disconnect", miner -> miner.end(EndReason.OPERATOR));
    }

    private Future<Boolean> act(long id, String action, Step step) {
        return ask(() -> {
            @Nullable MinerConnection miner = miners.get(id);
            if (miner == null) {
                return false;
            }
            MinerEvents.operatorMessage(id, action);
            guarded(id, miner, step);
            return true;
        });
    }

    private interface Question<T> {
        T answer();
    }

    private <T> Future<T> ask(Question<T> question) {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(turn -> {
            try {
                promise.complete(question.answer());
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }
}
