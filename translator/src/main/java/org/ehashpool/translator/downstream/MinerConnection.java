package org.ehashpool.translator.downstream;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ehashpool.translator.sv1.Request;
import org.ehashpool.translator.sv1.RequestId;
import org.ehashpool.translator.sv1.SessionStatus;
import org.ehashpool.translator.sv1.Sv1Effect;
import org.ehashpool.translator.sv1.Sv1Session;
import org.ehashpool.translator.work.MinedShare;
import org.ehashpool.translator.work.Miner;
import org.ehashpool.translator.work.Place;
import org.ehashpool.translator.work.ShareOutcome;
import org.ehashpool.translator.work.Work;
import org.jspecify.annotations.Nullable;

/** A miner between its session, its place and its wire: one switch over effects. On the translator's event loop. */
final class MinerConnection implements Miner {
    private final Wire wire;
    private final MinerMetrics metrics;
    private final MinerStats stats;
    private final MinerEvents events;
    private final LongSupplier nanoTime;
    private @Nullable Place place;
    private @Nullable Sv1Session session;
    private boolean mining;
    private boolean gone;

    MinerConnection(Wire wire, MinerMetrics metrics, MinerStats stats, MinerEvents events, LongSupplier nanoTime) {
        this.wire = wire;
        this.metrics = metrics;
        this.stats = stats;
        this.events = events;
        this.nanoTime = nanoTime;
    }

    /** It has a place; from now on it is a miner's. */
    void placed(Place given, Sv1Session fresh) {
        place = given;
        session = fresh;
    }

    void receive(List<Request> requests) {
        Sv1Session present = session;
        if (present == null) {
            return;
        }
        for (Request request : requests) {
            if (gone) {
                return;
            }
            perform(present.receive(request, now()));
        }
        if (!mining && present.isMining()) {
            mining = true;
            metrics.mining(1);
            SessionStatus status = present.status();
            stats.mining(wire, user(), status.agent());
            events.connected(wire.id(), wire.peer(), wire.tls(), user(), status.agent());
        }
    }

    private void perform(List<Sv1Effect> effects) {
        for (Sv1Effect effect : effects) {
            switch (effect) {
                case Sv1Effect.Send(var line) -> wire.send(line);
                case Sv1Effect.Open(var who, var expectations) -> {
                    wire.authorized();
                    given().open(who, expectations);
                }
                case Sv1Effect.Expect(var expectations) -> given().expect(expectations);
                case Sv1Effect.Submit(var share, var id) -> submit(share, id);
                case Sv1Effect.End(String why) -> {
                    events.refusedByUpstream(wire.id(), user(), why);
                    wire.end(EndReason.REFUSED_BY_UPSTREAM);
                }
            }
        }
    }

    private void submit(MinedShare share, RequestId id) {
        long begun = now();
        given().submit(share, outcome -> {
            Sv1Session present = session;
            if (!gone && present != null) {
                long now = now();
                metrics.answered(now - begun);
                if (outcome instanceof ShareOutcome.Accepted) {
                    stats.accepted(share.work());
                }
                perform(present.answered(id, outcome, now));
            }
        });
    }

    private Place given() {
        Place present = place;
        if (present == null) {
            throw new IllegalStateException("a session without a place");
        }
        return present;
    }

    @Override
    public void work(Work work, boolean onlyValid) {
        Sv1Session present = session;
        if (present != null && !gone) {
            perform(present.work(work, onlyValid, now()));
        }
    }

    @Override
    public void workLost(String why) {
        Sv1Session present = session;
        if (present != null) {
            present.workLost();
        }
    }

    @Override
    public void refused(String why) {
        Sv1Session present = session;
        if (present != null && !gone) {
            perform(present.refused(why));
        }
    }

    void tick() {
        Sv1Session present = session;
        if (present != null) {
            perform(present.tick(now()));
        }
    }

    void show(String text) {
        Sv1Session present = session;
        if (present != null) {
            perform(present.show(text, now()));
        }
    }

    void reconnect(Optional<String> host, int port, int waitSeconds) {
        Sv1Session present = session;
        if (present != null) {
            perform(present.reconnect(host, port, waitSeconds, now()));
        }
    }

    void silence() {
        wire.silence();
    }

    void end(EndReason reason) {
        wire.end(reason);
    }

    int unanswered() {
        Sv1Session present = session;
        return present == null || gone ? 0 : present.unanswered();
    }

    /** The connection is gone, and its place free. */
    void ended(EndReason reason) {
        if (gone) {
            return;
        }
        gone = true;
        stats.ended(reason);
        if (mining) {
            metrics.mining(-1);
        }
        Place present = place;
        if (present != null) {
            present.leave();
        }
    }

    /** The first name that was authorised, empty if there is none. */
    String user() {
        Sv1Session present = session;
        return present == null || present.status().names().isEmpty()
                ? ""
                : present.status().names().getFirst().username();
    }

    Optional<MinerView> view(long now, long wallMillis) {
        Sv1Session present = session;
        Place given = place;
        if (present == null || given == null) {
            return Optional.empty();
        }
        return Optional.of(MinerView.of(wire, present.status(), given.hashRate(), now, wallMillis));
    }

    private long now() {
        return nanoTime.getAsLong();
    }
}
