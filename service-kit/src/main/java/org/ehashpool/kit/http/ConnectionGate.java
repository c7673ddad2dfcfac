package org.ehashpool.kit.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds connections in number, and in the time they may hold a place for a request that does not come. Bytes alone do
 * not count as progress here, or one byte a minute would hold a place for ever: a request's time runs from the
 * connection's opening, or from the first byte after an answer, until the whole request is there.
 */
final class ConnectionGate {
    private final Vertx vertx;
    private final int limit;
    private final long requestMillis;
    private final long idleMillis;
    private final Map<HttpConnection, Place> places = new ConcurrentHashMap<>();

    ConnectionGate(Vertx vertx, int limit, Duration requestTimeout, Duration idleTimeout) {
        this.vertx = vertx;
        this.limit = limit;
        this.requestMillis = requestTimeout.toMillis();
        this.idleMillis = idleTimeout.toMillis();
    }

    int open() {
        return places.size();
    }

    void opened(HttpConnection connection) {
        connection.exceptionHandler(cause -> HttpEvents.connectionFailed(peer(connection), cause));
        if (places.size() >= limit) {
            HttpEvents.connectionRefused(peer(connection), limit);
            connection.close();
            return;
        }
        Place place = new Place(connection);
        places.put(connection, place);
        connection.closeHandler(closed -> {
            places.remove(connection);
            place.closed();
        });
        // Before the decoder, which passes on nothing of a head until it is whole.
        ((HttpServerConnection) connection).channelHandlerContext().pipeline().addFirst(place);
    }

    void requested(RoutingContext context) {
        @Nullable Place place = places.get(context.request().connection());
        if (place != null) {
            place.requested(context);
        }
        context.next();
    }

    private static String peer(HttpConnection connection) {
        return String.valueOf(connection.remoteAddress());
    }

    private enum Phase {
        ARRIVING,
        /** The answer is the service's own duty: no deadline while it is on its way. */
        ANSWERING,
        IDLE,
        CLOSED
    }

    /** One connection's deadline. Sees its bytes before anybody else does. */
    private final class Place extends ChannelInboundHandlerAdapter {
        private final HttpConnection connection;
        private Phase phase = Phase.ARRIVING;
        private long timer;
        private @Nullable HttpServerRequest current;

        Place(HttpConnection connection) {
            this.connection = connection;
            this.timer = startTimer(requestMillis);
        }

        @Override
        public void channelRead(ChannelHandlerContext channel, Object bytes) {
            firstByte();
            channel.fireChannelRead(bytes);
        }

        private synchronized void firstByte() {
            if (phase == Phase.IDLE) {
                enter(Phase.ARRIVING);
            }
        }

        synchronized void requested(RoutingContext context) {
            HttpServerRequest request = context.request();
            current = request;
            // The time that its head took counts; a pipelined request's head came while another was answered.
            if (phase != Phase.ARRIVING) {
                enter(Phase.ARRIVING);
            }
            request.end().onComplete(arrived -> arrived(request));
            context.addEndHandler(ended -> answered(request));
        }

        private synchronized void arrived(HttpServerRequest request) {
            if (request.equals(current)) {
                enter(request.response().ended() ? Phase.IDLE : Phase.ANSWERING);
            }
        }

        /** An answer may overtake the end of its request, which then still has to arrive in time. */
        private synchronized void answered(HttpServerRequest request) {
            if (request.equals(current) && request.isEnded()) {
                enter(Phase.IDLE);
            }
        }

        synchronized void closed() {
            enter(Phase.CLOSED);
        }

        private void enter(Phase next) {
            if (phase == Phase.CLOSED) {
                return;
            }
            phase = next;
            vertx.cancelTimer(timer);
            switch (next) {
                case ARRIVING -> timer = startTimer(requestMillis);
                case IDLE -> timer = startTimer(idleMillis);
                case ANSWERING, CLOSED -> {}
            }
        }

        private long startTimer(long millis) {
            return vertx.setTimer(millis, late -> {
                HttpEvents.connectionLate(peer(connection));
                connection.close();
            });
        }
    }
}
