package org.ehashpool.mint.api;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.http.ConnectionGate;
import org.ehashpool.kit.http.RequestRates;
import org.ehashpool.kit.http.RequestTargets;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.mint.api.socket.WalletSockets;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.core.MintProfile;
import org.ehashpool.mint.events.MintEvents;

/** The port that wallets connect to, on all event loops. Opened after the mint, closed before it. */
public final class PublicServer implements Component {

    private static final int MAXIMUM_REQUEST_LINE = 4096;
    private static final int MAXIMUM_HEADERS = 16_384;
    private static final int MAXIMUM_SOCKET_MESSAGE = 128 * 1024;

    private final PublicConfig config;
    private final Supplier<Mint> mint;
    private final Vertx vertx;
    private final ConnectionGate gate;
    private final Bodies bodies;
    private final RequestRates rates;
    private final WalletSockets sockets;
    private final Router router;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private volatile int port;

    /**
     * The port of a mint; nothing listens yet.
     *
     * @param mint open when the port is
     */
    public PublicServer(
            PublicConfig config, InfoConfig info, MintProfile profile, Supplier<Mint> mint, ServiceContext context) {
        this.config = config;
        this.mint = mint;
        vertx = context.vertx();
        gate = new ConnectionGate(vertx, config.connectionLimits());
        bodies = new Bodies(config.maxBody().bytes(), config.maxBodies().bytes());
        rates = new RequestRates(config.requestsPerSecond(), config.requestBurst(), context.nanoTime());
        Set<String> methods = Set.of(profile.method());
        sockets = new WalletSockets(
                vertx,
                mint,
                config.websocket(),
                methods,
                config.maxConnections(),
                config.idleTimeout().toMillis(),
                rates::take);
        ClientAddresses addresses = new ClientAddresses(config.proxies());
        Calls calls = new Calls(vertx, bodies, (int) config.maxBody().bytes(), addresses, rates);
        router = PublicRouter.create(vertx, gate, calls, addresses, sockets);
        new InfoRoute(mint, info, profile, context.identity().version(), context.clock()).mount(router);
        new KeyRoutes(mint).mount(router);
        new SwapRoutes(mint, calls).mount(router);
        new QuoteRoutes(mint, methods, calls).mount(router);
        switch (profile) {
            case EHASH -> MeltRoutes.mountDisabled(router);
            case TEST -> new MeltRoutes(mint, calls).mount(router);
        }
        context.metrics().gauge("public.connections", "Open connections of wallets", gate::open);
        context.metrics().gauge("public.bodies.bytes", "What the bodies of requests take", bodies::held);
        context.metrics().gauge("public.addresses", "Addresses whose rate is remembered", rates::remembered);
        context.metrics().gauge("public.websockets", "Open WebSockets", sockets::open);
        context.metrics()
                .gauge("public.watched", "Quotes and proofs that wallets have subscribed to", sockets::watched);
        context.state().describe("public", this::state);
    }

    @Override
    public String name() {
        return "public_server";
    }

    @Override
    public Future<Void> start() {
        sockets.start(mint.get());
        return vertx.deployVerticle(
                        Port::new,
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .map(deployed -> {
                    MintEvents.listening(new HostPort(config.listen().host(), port));
                    return deployed;
                })
                .mapEmpty();
    }

    /** The port that was taken; 0 before. */
    int port() {
        return port;
    }

    /** WebSockets that are open. */
    int open() {
        return sockets.open();
    }

    /** Things that wallets have subscribed to. */
    int watched() {
        return sockets.watched();
    }

    /** One event loop's part of the port. */
    private final class Port extends VerticleBase {
        @Override
        public Future<?> start() {
            HttpServer server = vertx.createHttpServer(options());
            servers.add(server);
            return server.connectionHandler(gate::opened)
                    .requestHandler(new RequestTargets(router, Answers::invalid))
                    .invalidRequestHandler(Answers::invalid)
                    .listen(portToTake(), config.listen().host())
                    .onSuccess(listening -> port = listening.actualPort());
        }
    }

    /** Any port, but the same one on all event loops: that is what a negative number means. */
    private int portToTake() {
        return config.listen().port() == 0 ? -1 : config.listen().port();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(MAXIMUM_REQUEST_LINE)
                .setMaxHeaderSize(MAXIMUM_HEADERS)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                // Whoever reads or sends nothing, whatever we send.
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) config.idleTimeout().toMillis())
                .setMaxWebSocketFrameSize(MAXIMUM_SOCKET_MESSAGE)
                .setMaxWebSocketMessageSize(MAXIMUM_SOCKET_MESSAGE)
                // What is small in transit and large in memory.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }

    private JsonObject state() {
        return new JsonObject()
                .put("address", port == 0 ? null : new HostPort(config.listen().host(), port).toString())
                .put("connections", gate.open())
                .put("websockets", sockets.open())
                .put("watched", sockets.watched());
    }

    @Override
    public Future<Void> stop() {
        sockets.stop();
        return Future.join(servers.stream()
                        .map(server -> server.shutdown(config.drain().toMillis(), TimeUnit.MILLISECONDS))
                        .toList())
                .mapEmpty();
    }
}
