package org.ehashpool.kit.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds connections in number, and in the time they may hold a place for a request that does not come. Bytes alone do
 * not count as progress here, or one byte a minute would hold a place for ever.
 */
final class ConnectionGate {
    private final Vertx vertx;
    private final int limit;
    private final long requestMillis;
    private final long idleMillis;
    private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

    ConnectionGate(Vertx vertx, int limit, Duration requestTimeout, Duration idleTimeout) {
        this.vertx = vertx;
        this.limit = limit;
        this.requestMillis = requestTimeout.toMillis();
        this.idleMillis = idleTimeout.toMillis();
    }

    int open() {
        return timers.size();
    }

    void opened(HttpConnection connection) {
        if (timers.size() >= limit) {
            HttpEvents.connectionRefused(peer(connection), limit);
            connection.close();
            return;
        }
        timers.put(connection, timer(connection, idleMillis));
        connection.closeHandler(closed -> {
            @Nullable Long timer = timers.remove(connection);
            if (timer != null) {
                vertx.cancelTimer(timer);
            }
        });
    }

    void requested(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        restart(connection, requestMillis);
        context.request().end().onComplete(arrived -> {
            // An answer may overtake the end of its request; the connection is idle by then.
            if (!context.response().ended()) {
                stop(connection);
            }
        });
        context.addEndHandler(ended -> restart(connection, idleMillis));
        context.next();
    }

    private void restart(HttpConnection connection, long millis) {
        timers.computeIfPresent(connection, (open, timer) -> {
            vertx.cancelTimer(timer);
            return timer(connection, millis);
        });
    }

    /** The answer is the service's own duty: no deadline while it is on its way. */
    private void stop(HttpConnection connection) {
        timers.computeIfPresent(connection, (open, timer) -> {
            vertx.cancelTimer(timer);
            return timer;
        });
    }

    private long timer(HttpConnection connection, long millis) {
        return vertx.setTimer(millis, late -> {
            HttpEvents.connectionLate(peer(connection));
            connection.close();
        });
    }

    private static String peer(HttpConnection connection) {
        return String.valueOf(connection.remoteAddress());
    }
}
