package org.ehashpool.kit.sv2;

import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.function.Consumer;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.Received;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.jspecify.annotations.Nullable;

/** Hands what happens on a connection to its owner's handlers, on the connection's context. One that throws is a bug. */
final class Delivery {

    private final ContextInternal context;
    private final Sv2Metrics metrics;
    private final Consumer<Throwable> bug;
    private final Handler<Received> guarded = this::handle;
    private @Nullable Handler<Decoded> messages;
    private @Nullable Handler<UnknownExtension> unknownExtensions;
    private @Nullable Handler<ConnectionInfo> extensions;
    private @Nullable Handler<Void> drained;
    private List<Received> early = List.of();

    /** @param bug told what a handler threw */
    Delivery(ContextInternal context, Sv2Metrics metrics, Consumer<Throwable> bug) {
        this.context = context;
        this.metrics = metrics;
        this.bug = bug;
    }

    /** Sets the handler of messages; true: it is the first, reading may begin. */
    boolean messages(Handler<Decoded> handler) {
        boolean first = messages == null;
        messages = handler;
        List<Received> waiting = early;
        early = List.of();
        waiting.forEach(this::deliver);
        return first;
    }

    void unknownExtensions(Handler<UnknownExtension> handler) {
        unknownExtensions = handler;
    }

    void extensions(Handler<ConnectionInfo> handler) {
        extensions = handler;
    }

    void drained(Handler<Void> handler) {
        drained = handler;
    }

    boolean hasMessageHandler() {
        return messages != null;
    }

    void deliver(Received received) {
        context.dispatch(received, guarded);
    }

    /** Messages that came before the connection was set up: the owner gets them first. */
    void deliverFirst(List<Received> received) {
        if (messages == null) {
            early = List.copyOf(received);
        } else {
            received.forEach(this::deliver);
        }
    }

    void extensionsChanged(ConnectionInfo info) {
        Handler<ConnectionInfo> handler = extensions;
        if (handler != null) {
            call(handler, info);
        }
    }

    void drainedNow() {
        Handler<Void> handler = drained;
        if (handler != null) {
            context.dispatch(_ -> {
                try {
                    handler.handle(null);
                } catch (RuntimeException | Error thrown) {
                    bug.accept(thrown);
                }
            });
        }
    }

    <T> void call(Handler<T> handler, T event) {
        context.dispatch(event, value -> {
            try {
                handler.handle(value);
            } catch (RuntimeException | Error thrown) {
                bug.accept(thrown);
            }
        });
    }

    private void handle(Received received) {
        try {
            switch (received) {
                case Decoded decoded -> {
                    Handler<Decoded> handler = messages;
                    if (handler != null) {
                        handler.handle(decoded);
                    }
                }
                case UnknownExtension unknown -> {
                    Handler<UnknownExtension> handler = unknownExtensions;
                    if (handler != null) {
                        handler.handle(unknown);
                    } else {
                        metrics.messageDiscarded();
                    }
                }
            }
        } catch (RuntimeException | Error thrown) {
            bug.accept(thrown);
        }
    }
}
