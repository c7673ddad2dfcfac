package org.ehashpool.miner.sv1;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.ehashpool.miner.hashing.FoundShare;
import org.ehashpool.miner.upstream.MinerEvents;
import org.ehashpool.miner.upstream.Workshop;

/** One TCP connection to a Stratum V1 server. Lives on one event loop. */
final class Sv1Link implements Sv1Lines.Receiver {
    /** There is one job at a time. */
    private static final long CHANNEL = 0;

    private static final int MAX_WAITING_BYTES = 64 << 10;

    private final Vertx vertx;
    private final NetSocket socket;
    private final String pool;
    private final Workshop workshop;
    private final Sv1Session session;
    private final Owner owner;
    private final long deadline;
    private boolean open;
    private boolean over;

    /**
     * Who is told what becomes of the link.
     *
     * @param opened the server knows us
     * @param ended the connection is gone, and why
     * @param redirected the server sends us elsewhere
     */
    record Owner(
            Consumer<Sv1Link> opened,
            BiConsumer<Sv1Link, String> ended,
            BiConsumer<Sv1Link, Sv1Effect.Redirect> redirected) {}

    Sv1Link(
            Vertx vertx,
            NetSocket socket,
            String pool,
            Workshop workshop,
            Sv1Session session,
            Duration setup,
            Owner owner) {
        this.vertx = vertx;
        this.socket = socket;
        this.pool = pool;
        this.workshop = workshop;
        this.session = session;
        this.owner = owner;
        this.deadline = vertx.setTimer(setup.toMillis(), late -> fail("no answer to the login within " + setup));
    }

    void begin() {
        Sv1Lines.read(socket, this);
        socket.exceptionHandler(broken -> fail(broken.toString()));
        socket.closeHandler(closed -> fail("closed by the pool"));
        socket.drainHandler(drained -> submitFound());
        react(session.begin());
    }

    @Override
    public void received(Sv1Message message) throws Sv1ProtocolException {
        if (!over) {
            react(session.receive(message));
        }
    }

    @Override
    public void violated(String reason) {
        if (!over) {
            MinerEvents.violation(pool, reason);
            fail("the pool sent " + reason);
        }
    }

    private void react(List<Sv1Effect> effects) {
        for (Sv1Effect effect : effects) {
            if (over) {
                return;
            }
            switch (effect) {
                case Sv1Effect.Send(String line) -> send(line);
                case Sv1Effect.Opened opened -> {
                    vertx.cancelTimer(deadline);
                    open = true;
                    owner.opened().accept(this);
                    workshop.tally().opened();
                }
                case Sv1Effect.Refused(String words) -> {
                    MinerEvents.refused(pool, words);
                    fail("refused: " + words);
                }
                case Sv1Effect.WorkChanged(var job, long mask) -> {
                    workshop.board().put(CHANNEL, job, mask);
                    workshop.tally().job();
                }
                case Sv1Effect.TargetChanged(var target) -> workshop.tally().target(target);
                case Sv1Effect.Accepted accepted -> {
                    workshop.tally().accepted(1, 0);
                    submitFound();
                }
                case Sv1Effect.Rejected(String reason) -> {
                    workshop.tally().rejected(reason);
                    MinerEvents.shareRefused(CHANNEL, reason);
                    submitFound();
                }
                case Sv1Effect.Redirect redirect -> owner.redirected().accept(this, redirect);
                case Sv1Effect.Show(String text) -> MinerEvents.message(pool, text);
            }
        }
    }

    private void send(String line) {
        // Answers to a server that asks without reading must not pile up.
        if (socket.writeQueueFull() && open) {
            fail("the pool does not read");
        } else {
            var _ = socket.write(
                    Buffer.buffer(line.getBytes(StandardCharsets.UTF_8)).appendByte((byte) '\n'));
        }
    }

    /** Sends what the threads found, as much as the server can take. */
    void submitFound() {
        while (open && !over && !socket.writeQueueFull() && !session.isBehind()) {
            Optional<FoundShare> share = workshop.found().poll();
            if (share.isEmpty()) {
                return;
            }
            Optional<String> line = session.submit(share.get());
            if (line.isEmpty()) {
                workshop.tally().discarded(1);
                continue;
            }
            if (share.get().block()) {
                workshop.tally().block();
                MinerEvents.blockFound(share.get().hash());
            }
            workshop.tally().submitted();
            send(line.get());
        }
    }

    /** Whether the server knew us. */
    boolean wasOpen() {
        return open;
    }

    /** Ends it. */
    void close() {
        fail("closed");
    }

    private void fail(String reason) {
        if (!over) {
            over = true;
            vertx.cancelTimer(deadline);
            var _ = socket.close();
            owner.ended().accept(this, reason);
        }
    }

    /** The most bytes that wait to be sent. */
    static int maxWaitingBytes() {
        return MAX_WAITING_BYTES;
    }
}
