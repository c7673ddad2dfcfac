package org.ehashpool.templateprovider.chain.rpc;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bounds connections in number, and in the time that each may take to bring a whole request. */
final class ConnectionDeadlines {
    private final Vertx vertx;
    private final int limit;
    private final long millis;
    private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

    ConnectionDeadlines(Vertx vertx, int limit, long millis) {
        this.vertx = vertx;
        this.limit = limit;
        this.millis = millis;
    }

    int open() {
        return timers.size();
    }

    void opened(HttpConnection connection) {
        if (timers.size() >= limit) {
            connection.close();
            return;
        }
        timers.put(connection, start(connection));
        connection.closeHandler(closed -> {
            Long timer = timers.remove(connection);
            if (timer != null) {
                vertx.cancelTimer(timer);
            }
        });
    }

    /** A whole request is there: the time of its answer is ours. */
    void arrived(HttpConnection connection) {
        Long timer = timers.get(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    /** The next request's time begins. */
    void answered(HttpConnection connection) {
        timers.computeIfPresent(connection, (same, timer) -> {
            vertx.cancelTimer(timer);
            return start(same);
        });
    }

    private long start(HttpConnection connection) {
        return vertx.setTimer(millis, late -> connection.close());
    }
}
