package org.ehashpool.mint.api.socket;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.ehashpool.kit.sv2.admission.AddressGroup;
import org.ehashpool.mint.core.Mint;

/** All WebSockets of the mint. */
public final class WalletSockets {

    private static final int PINGS_PER_IDLE_TIMEOUT = 3;
    private static final short PROTOCOL_ERROR = 1002;
    private static final short UNSUPPORTED_DATA = 1003;
    private static final short MESSAGE_TOO_BIG = 1009;

    private final Vertx vertx;
    private final Shared shared;
    private final AddressQuota sockets;
    private final long pingMillis;
    private final Refresh refresh;

    /** What the sockets share. */
    record Shared(
            SocketConfig config,
            Set<String> methods,
            Watches watches,
            PresentStates states,
            AddressQuota filters,
            BiPredicate<AddressGroup, Integer> allowed) {}

    /**
     * Sockets of one port.
     *
     * @param methods of quotes
     * @param mostSockets at a time
     * @param idleMillis after which a connection that sends nothing is closed by the server
     * @param allowed counts what an address asks for
     */
    public WalletSockets(
            Vertx vertx,
            Supplier<Mint> mint,
            SocketConfig config,
            Set<String> methods,
            int mostSockets,
            long idleMillis,
            BiPredicate<AddressGroup, Integer> allowed) {
        this.vertx = vertx;
        PresentStates states = new PresentStates(mint);
        Watches watches = new Watches(states);
        shared = new Shared(
                config,
                Set.copyOf(methods),
                watches,
                states,
                new AddressQuota(config.maxFiltersInAll(), config.maxFiltersPerAddress()),
                allowed);
        sockets = new AddressQuota(mostSockets, config.maxPerAddress());
        pingMillis = Math.max(1, idleMillis / PINGS_PER_IDLE_TIMEOUT);
        refresh = new Refresh(vertx, watches, states, config.refresh().toMillis());
    }

    /** Begins to follow the mint, which is open now. */
    public void start(Mint mint) {
        mint.listen(shared.watches());
        refresh.start();
    }

    public void stop() {
        refresh.stop();
    }

    /** Sockets that are open. */
    public int open() {
        return sockets.taken();
    }

    /** Things that are watched. */
    public int watched() {
        return shared.watches().size();
    }

    /**
     * Serves a request that wants to become a WebSocket.
     *
     * @param upgraded is told when it has
     * @return whether there is room for it; if not, nothing was answered
     */
    public boolean accept(HttpServerRequest request, AddressGroup address, Runnable upgraded) {
        if (!sockets.take(address, 1)) {
            return false;
        }
        request.toWebSocket()
                .onSuccess(socket -> {
                    upgraded.run();
                    serve(socket, address);
                })
                .onFailure(refused -> sockets.give(address, 1));
        return true;
    }

    private void serve(ServerWebSocket socket, AddressGroup address) {
        WalletSocket wallet = new WalletSocket(socket, address, shared, vertx);
        socket.setWriteQueueMaxSize((int) shared.config().maxBacklog().bytes());
        // A wallet that lives answers, and so is not idle.
        long pings = vertx.setPeriodic(pingMillis, due -> socket.writePing(Buffer.buffer()));
        socket.exceptionHandler(broken -> socket.close(status(broken)));
        socket.closeHandler(closed -> {
            vertx.cancelTimer(pings);
            sockets.give(address, 1);
            wallet.closed();
        });
        socket.binaryMessageHandler(bytes -> socket.close(UNSUPPORTED_DATA, "text messages are expected"));
        socket.textMessageHandler(wallet::receive);
    }

    /** RFC 6455 §7.4.1. */
    private static short status(Throwable broken) {
        return switch (broken) {
            case CorruptedWebSocketFrameException frame ->
                (short) frame.closeStatus().code();
            case TooLongFrameException longer -> MESSAGE_TOO_BIG;
            default -> PROTOCOL_ERROR;
        };
    }
}
