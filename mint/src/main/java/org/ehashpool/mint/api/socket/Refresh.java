package org.ehashpool.mint.api.socket;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.ehashpool.mint.events.MintEvents;

/** Looks for what other processes of the mint have changed: a round of a query for every so many things, then a pause. */
final class Refresh {

    private static final int AT_ONCE = 500;

    private final Vertx vertx;
    private final Watches watches;
    private final PresentStates states;
    private final long pauseMillis;
    private volatile boolean stopped;
    private volatile long timer = -1;

    Refresh(Vertx vertx, Watches watches, PresentStates states, long pauseMillis) {
        this.vertx = vertx;
        this.watches = watches;
        this.states = states;
        this.pauseMillis = pauseMillis;
    }

    void start() {
        if (!stopped) {
            timer = vertx.setTimer(
                    pauseMillis,
                    due -> round(watches.topics()).onComplete(done -> {
                        if (done.failed()) {
                            MintEvents.refreshFailed(done.cause());
                        }
                        start();
                    }));
        }
    }

    private Future<Void> round(List<Topic> topics) {
        Future<Void> done = Future.succeededFuture();
        for (int from = 0; from < topics.size(); from += AT_ONCE) {
            List<Topic> some = topics.subList(from, Math.min(topics.size(), from + AT_ONCE));
            done = done.compose(before -> states.of(some)).compose(changes -> {
                changes.forEach(watches::tell);
                return Future.<Void>succeededFuture();
            });
        }
        return done;
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }
}
