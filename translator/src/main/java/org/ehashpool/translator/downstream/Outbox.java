package org.ehashpool.translator.downstream;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.translator.sv1.Line;
import org.jspecify.annotations.Nullable;

/**
 * What goes from the translator's event loop to those of the connections: collected for a turn, handed over as one task
 * for each loop, written with one flush for each connection. A long turn, as when thousands get a new job, hands over as it
 * goes, so that the first are served while the last are thought of. Used on the translator's loop.
 */
final class Outbox {
    /** Lines that are handed over at once. */
    private static final int BATCH = 128;

    private final Context loop;
    private final Map<EventLoop, List<Parcel>> waiting = new LinkedHashMap<>();
    private boolean due;

    /**
     * Something for a connection.
     *
     * @param line null: the end
     */
    private record Parcel(
            SocketWire wire, @Nullable Line line, @Nullable EndReason end) {}

    Outbox(Context loop) {
        this.loop = loop;
    }

    void send(SocketWire wire, Line line) {
        add(new Parcel(wire, line, null));
    }

    void end(SocketWire wire, EndReason reason) {
        add(new Parcel(wire, null, reason));
    }

    private void add(Parcel parcel) {
        EventLoop target = parcel.wire.eventLoop();
        List<Parcel> batch = waiting.computeIfAbsent(target, fresh -> new ArrayList<>());
        batch.add(parcel);
        if (batch.size() >= BATCH) {
            waiting.remove(target);
            target.execute(() -> deliver(batch));
        } else if (!due) {
            due = true;
            loop.runOnContext(turn -> handOver());
        }
    }

    private void handOver() {
        due = false;
        waiting.forEach((target, batch) -> target.execute(() -> deliver(batch)));
        waiting.clear();
    }

    /** On the connections' event loop. */
    private static void deliver(List<Parcel> batch) {
        List<SocketWire> written = new ArrayList<>(batch.size());
        for (Parcel parcel : batch) {
            if (parcel.line != null) {
                if (parcel.wire.write(parcel.line)) {
                    written.add(parcel.wire);
                }
            } else if (parcel.end != null) {
                parcel.wire.finish(parcel.end);
            }
        }
        written.forEach(SocketWire::flush);
    }
}
