package org.ehashpool.statistics.listen;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.sv2.admission.Admission;
import org.ehashpool.statistics.events.StatisticsEvents;
import org.ehashpool.statistics.fold.Origin;
import org.ehashpool.statistics.fold.Told;
import org.ehashpool.statistics.ingest.EventReader;
import org.ehashpool.statistics.ingest.Teller;
import org.ehashpool.statistics.store.BootTable;
import org.ehashpool.stats.frame.FrameDecoder;
import org.ehashpool.stats.frame.Frames;
import org.ehashpool.stats.frame.MalformedFrameException;
import org.ehashpool.stats.message.MalformedMessageException;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/** One sender's connection, for one of its boots. All on its event loop, but for what the writer answers. */
final class SenderConnection implements Teller {
    private static final int OLDEST_VERSION = 1;

    /** Shorter than a sender waits for an answer. */
    private static final long REGISTRATION_MILLIS = 25_000;

    /** What is kept of a payload besides its bytes, about. */
    private static final int OVERHEAD = 256;

    private final StatsListener listener;
    private final NetSocket socket;
    private final Context context;
    private final InetAddress peer;
    private final Admission.Slot slot;
    private final FrameDecoder decoder = new FrameDecoder();
    private final List<byte[]> early = new ArrayList<>();
    private List<Told> batch = new ArrayList<>();
    private StatsMessage.@Nullable Hello hello;
    private @Nullable Origin origin;
    private long told;
    private long unwritten;
    private long acknowledged;
    private boolean paused;
    private boolean closed;
    private long deadline;

    SenderConnection(StatsListener listener, NetSocket socket, Context context, InetAddress peer, Admission.Slot slot) {
        this.listener = listener;
        this.socket = socket;
        this.context = context;
        this.peer = peer;
        this.slot = slot;
    }

    /** The transport is there; the first message has to come. */
    void begin() {
        socket.closeHandler(end -> ended());
        socket.exceptionHandler(broken -> close());
        deadline = listener.vertx()
                .setTimer(
                        listener.config().handshakeTimeout().toMillis(),
                        late -> refuse("busy", "no hello was answered in time"));
        socket.handler(this::received);
    }

    private void received(Buffer buffer) {
        if (closed) {
            return;
        }
        if (origin != null) {
            listener.vertx().cancelTimer(deadline);
            deadline = listener.vertx().setTimer(listener.config().idleTimeout().toMillis(), late -> silent());
        }
        byte[] bytes = buffer.getBytes();
        try {
            decoder.feed(bytes, 0, bytes.length, this::payload);
        } catch (MalformedFrameException e) {
            refuse("malformed", String.valueOf(e.getMessage()));
        }
        hand();
    }

    private void payload(byte[] payload) {
        if (closed) {
            return;
        }
        Origin known = origin;
        if (known == null && hello != null) {
            early.add(payload);
            return;
        }
        try {
            switch (EventReader.read(payload)) {
                case StatsMessage.Hello first -> introduced(first);
                case StatsMessage.Event event -> numbered(known, event, payload, event.seq(), event.seq());
                case StatsMessage.Gap gap -> numbered(known, gap, payload, gap.from(), gap.to());
            }
        } catch (MalformedMessageException e) {
            refuse("malformed", String.valueOf(e.getMessage()));
        }
    }

    private void introduced(StatsMessage.Hello first) {
        if (hello != null) {
            refuse("malformed", "hello comes once");
            return;
        }
        hello = first;
        int version = first.agreed(OLDEST_VERSION, StatsMessage.VERSION);
        if (version == 0) {
            refuse(
                    "unsupported-version",
                    "versions " + OLDEST_VERSION + " to " + StatsMessage.VERSION + " are understood here");
            return;
        }
        if (!SenderConfig.allows(listener.senders(), first)) {
            refuse("unauthorised", "no such token for this service and instance");
            return;
        }
        pause();
        // From here on it is we who take time.
        listener.vertx().cancelTimer(deadline);
        deadline = listener.vertx().setTimer(REGISTRATION_MILLIS, late -> refuse("busy", "nothing can be kept now"));
        BootTable.Introduction introduction = new BootTable.Introduction(
                first.service(),
                first.instance(),
                first.bootId(),
                endpoint(first, true, "/health/live"),
                endpoint(first, false, "/api/v1/state"));
        listener.ingest()
                .register(introduction)
                .onComplete(answer -> context.runOnContext(turn -> {
                    if (closed) {
                        return;
                    }
                    if (answer.succeeded()) {
                        welcome(first, answer.result(), version);
                    } else {
                        refuse("busy", "nothing can be kept now");
                    }
                }));
    }

    private Optional<String> endpoint(StatsMessage.Hello first, boolean health, String page) {
        StatsMessage.Endpoints endpoints = first.endpoints();
        if (endpoints == null) {
            return Optional.empty();
        }
        String url = health ? endpoints.health() : endpoints.state();
        Optional<String> allowed = listener.endpoints().allowed(url, page, peer);
        if (allowed.isEmpty()) {
            StatisticsEvents.endpointRefused(first.service(), first.instance(), url);
        }
        return allowed;
    }

    private void welcome(StatsMessage.Hello first, BootTable.Registered boot, int version) {
        origin = new Origin(boot.boot(), boot.sender(), listener.isWhole(first.service()));
        told = boot.lastSeq();
        acknowledged = boot.lastSeq();
        listener.vertx().cancelTimer(deadline);
        deadline = listener.vertx().setTimer(listener.config().idleTimeout().toMillis(), late -> silent());
        StatisticsEvents.welcomed(first.service(), first.instance(), String.valueOf(socket.remoteAddress()), told);
        listener.opened(boot.boot(), this);
        say(new StatsMessage.Welcome(version, boot.lastSeq()));
        List<byte[]> waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(this::payload);
        hand();
        resume();
    }

    private void numbered(@Nullable Origin known, StatsMessage.FromSender message, byte[] payload, long from, long to) {
        if (known == null) {
            refuse("malformed", "hello comes first");
        } else if (from - 1 > told) {
            refuse("out-of-order", "after " + told + " comes " + (told + 1) + ", not " + from);
        } else {
            told = Math.max(told, to);
            unwritten += payload.length + OVERHEAD;
            batch.add(
                    new Told(known, message, payload, listener.clock().instant().toEpochMilli()));
        }
    }

    /** What came together goes together. */
    private void hand() {
        if (batch.isEmpty()) {
            return;
        }
        List<Told> full = batch;
        batch = new ArrayList<>();
        listener.ingest().take(this, full);
        if (unwritten >= listener.config().buffer().bytes()) {
            pause();
        }
    }

    @Override
    public void kept(long seq, long count, long bytes) {
        context.runOnContext(turn -> {
            unwritten -= bytes + count * OVERHEAD;
            if (closed) {
                return;
            }
            if (seq > acknowledged) {
                acknowledged = seq;
            }
            // A sender that does not read its acknowledgements gets the last one when it does.
            if (socket.writeQueueFull()) {
                socket.drainHandler(room -> say(new StatsMessage.Ack(acknowledged)));
            } else {
                say(new StatsMessage.Ack(acknowledged));
            }
            if (unwritten < listener.config().buffer().bytes() / 2) {
                resume();
            }
        });
    }

    @Override
    public void outOfOrder() {
        context.runOnContext(turn -> refuse("out-of-order", "a number is missing without a gap"));
    }

    @Override
    public void failed(Told event) {
        context.runOnContext(turn -> refuse("malformed", "an event that cannot be kept"));
    }

    /** The same boot has another connection. */
    void replaced() {
        context.runOnContext(turn -> refuse("busy", "this boot has another connection"));
    }

    private void silent() {
        if (paused) {
            // It is we who do not listen.
            deadline = listener.vertx().setTimer(listener.config().idleTimeout().toMillis(), late -> silent());
        } else {
            refuse("busy", "nothing was told for too long");
        }
    }

    private void pause() {
        if (!paused) {
            paused = true;
            socket.pause();
        }
    }

    private void resume() {
        if (paused && !closed) {
            paused = false;
            socket.resume();
        }
    }

    private void refuse(String code, String message) {
        if (closed) {
            return;
        }
        listener.refused(code);
        StatisticsEvents.refused(String.valueOf(socket.remoteAddress()), code, message);
        String bounded = message.length() > 500 ? message.substring(0, 500) : message;
        say(new StatsMessage.Refused(code, bounded));
        close();
    }

    private void say(StatsMessage.FromReceiver message) {
        if (!closed) {
            socket.write(Buffer.buffer(Frames.frame(MessageJson.write(message))));
        }
    }

    /** Ends it; what it told stays told. */
    void close() {
        if (!closed) {
            closed = true;
            socket.close();
        }
    }

    /** From any thread. */
    void closeFromAnywhere() {
        context.runOnContext(turn -> close());
    }

    /** The transport is gone. */
    void ended() {
        closed = true;
        listener.vertx().cancelTimer(deadline);
        slot.close();
        listener.gone(this);
        Origin known = origin;
        if (known != null) {
            listener.closed(known.boot(), this);
        }
    }
}
