package org.ehashpool.kit.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ehashpool.kit.sv2.admission.AddressGroup;
import org.jspecify.annotations.Nullable;

/**
 * Bounds connections in number, and in the time they may hold a place for a request that does not come. Bytes alone do
 * not count as progress here, or one byte a minute would hold a place for ever: a request's time runs from the
 * connection's opening, or from the first byte after an answer, until the whole request is there.
 */
public final class ConnectionGate {
    private final Vertx vertx;
    private final ConnectionLimits limits;
    private final long requestMillis;
    private final long idleMillis;
    private final Map<HttpConnection, Place> places = new ConcurrentHashMap<>();
    private final Map<AddressGroup, Integer> perAddress = new ConcurrentHashMap<>();

    /** A gate of one port; its event loops share it. */
    public ConnectionGate(Vertx vertx, ConnectionLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
        this.requestMillis = limits.requestTimeout().toMillis();
        this.idleMillis = limits.idleTimeout().toMillis();
    }

    /** Connections that hold a place. */
    public int open() {
        return places.size();
    }

    /** For {@link io.vertx.core.http.HttpServer#connectionHandler}. */
    public void opened(HttpConnection connection) {
        connection.exceptionHandler(cause -> HttpEvents.connectionFailed(peer(connection), cause));
        Optional<AddressGroup> group = group(connection);
        if (places.size() >= limits.connections() || !group.map(this::claim).orElse(true)) {
            HttpEvents.connectionRefused(peer(connection));
            connection.close();
            return;
        }
        Place place = new Place(connection, group);
        places.put(connection, place);
        // Before the decoder, which passes on nothing of a head until it is whole.
        var pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        pipeline.addFirst(place);
        if (!pipeline.channel().isActive()) {
            place.closed();
        }
    }

    /** The first handler of a router: a request has begun to arrive. */
    public void requested(RoutingContext context) {
        @Nullable Place place = places.get(context.request().connection());
        if (place != null) {
            place.requested(context);
        }
        context.next();
    }

    /** The connection is no HTTP any more, but a WebSocket: it keeps its place, whoever serves it watches its time. */
    public void upgraded(HttpConnection connection) {
        @Nullable Place place = places.get(connection);
        if (place != null) {
            place.upgraded();
        }
    }

    /** Empty for a connection that counts for no address. */
    private Optional<AddressGroup> group(HttpConnection connection) {
        return Optional.ofNullable(connection.remoteAddress())
                .flatMap(remote -> Optional.ofNullable(remote.hostAddress()))
                .map(InetAddress::ofLiteral)
                .filter(address -> !limits.shared().test(address))
                .map(AddressGroup::of);
    }

    private boolean claim(AddressGroup group) {
        int claimed = perAddress.merge(group, 1, Integer::sum);
        if (claimed > limits.perAddress()) {
            release(group);
            return false;
        }
        return true;
    }

    private void release(AddressGroup group) {
        perAddress.computeIfPresent(group, (same, count) -> count == 1 ? null : count - 1);
    }

    private static String peer(HttpConnection connection) {
        return String.valueOf(connection.remoteAddress());
    }

    private enum Phase {
        ARRIVING,
        /** The answer is the service's own duty: no deadline while it is on its way. */
        ANSWERING,
        IDLE,
        /** A WebSocket. */
        UPGRADED,
        CLOSED
    }

    /** One connection's deadline. Sees its bytes before anybody else does. */
    private final class Place extends ChannelInboundHandlerAdapter {
        private final HttpConnection connection;
        private final Optional<AddressGroup> group;
        private Phase phase = Phase.ARRIVING;
        private long timer;
        private @Nullable HttpServerRequest current;

        Place(HttpConnection connection, Optional<AddressGroup> group) {
            this.connection = connection;
            this.group = group;
            this.timer = startTimer(requestMillis);
        }

        @Override
        public void channelRead(ChannelHandlerContext channel, Object bytes) {
            firstByte();
            channel.fireChannelRead(bytes);
        }

        /** Rather than the connection's close handler, which a WebSocket leaves behind. */
        @Override
        public void channelInactive(ChannelHandlerContext channel) {
            closed();
            channel.fireChannelInactive();
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

        synchronized void upgraded() {
            enter(Phase.UPGRADED);
        }

        private synchronized void closed() {
            if (phase != Phase.CLOSED) {
                phase = Phase.CLOSED;
                vertx.cancelTimer(timer);
                places.remove(connection);
                group.ifPresent(ConnectionGate.this::release);
            }
        }

        private void enter(Phase next) {
            if (phase == Phase.CLOSED || phase == Phase.UPGRADED) {
                return;
            }
            phase = next;
            vertx.cancelTimer(timer);
            switch (next) {
                case ARRIVING -> timer = startTimer(requestMillis);
                case IDLE -> timer = startTimer(idleMillis);
                case ANSWERING, UPGRADED, CLOSED -> {}
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
