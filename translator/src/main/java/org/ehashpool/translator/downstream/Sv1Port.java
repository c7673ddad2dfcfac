package org.ehashpool.translator.downstream;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetServerInternal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.translator.sv1.MinerNames;
import org.ehashpool.translator.work.WorkSource;
import org.jspecify.annotations.Nullable;

/** Listens for Stratum V1 miners. One instance listens once; it drains when it stops. */
public final class Sv1Port implements Component {
    private static final int ACCEPT_BACKLOG = 4_096;
    private static final AtomicInteger ANY_PORT = new AtomicInteger();

    private final Sv1PortConfig config;
    private final ServiceContext context;
    private final Context loop;
    private final MinerMetrics metrics;
    private final MinerEvents events;
    private final Miners miners;
    private final List<NetServerInternal> servers = new ArrayList<>();
    private @Nullable MinerAcceptor acceptor;
    private int port;

    /**
     * A port that does not listen yet.
     *
     * @param loop the translator's event loop, where the source is called
     * @param names who is paid
     */
    public Sv1Port(Sv1PortConfig config, ServiceContext context, Context loop, WorkSource source, MinerNames names) {
        this.config = config;
        this.context = context;
        this.loop = loop;
        this.metrics = new MinerMetrics(context.metrics());
        this.events = new MinerEvents(context.nanoTime());
        this.miners = new Miners(
                loop,
                source,
                config.limits().session("ehashpool/" + context.identity().version(), config.keepAlive()),
                names,
                metrics,
                context.stats(),
                events,
                context.clock(),
                context.nanoTime());
    }

    @Override
    public String name() {
        return "sv1";
    }

    /** Those who are connected. */
    public Miners miners() {
        return miners;
    }

    /** The port that was taken; 0 before it listens. */
    public synchronized int port() {
        return port;
    }

    /** For {@code /api/v1/state}: {@code host}, {@code port}, {@code tls} and {@code connections}, and how long answers take. */
    public JsonObject state() {
        return new JsonObject()
                .put("host", config.listen().host())
                .put("port", port())
                .put("tls", config.tls().isPresent())
                .put("connections", metrics.connections())
                .put("answer_mean_ms", metrics.meanAnswerMillis())
                .put("answer_max_ms", metrics.longestAnswerMillis());
    }

    /** Fails if the certificate is not usable, or the address cannot be listened on. */
    @Override
    public Future<Void> start() {
        miners.start();
        return context.vertx().executeBlocking(this::tls).compose(tls -> listen(tls == null ? Optional.empty() : tls));
    }

    /** Files are read here. */
    private Optional<SslContext> tls() throws IOException {
        if (config.tls().isEmpty()) {
            return Optional.empty();
        }
        TlsConfig files = config.tls().get();
        return Optional.of(SslContextBuilder.forServer(
                        files.certificate().toFile(), files.key().toFile())
                .build());
    }

    private synchronized Future<Void> listen(Optional<SslContext> tls) {
        MinerAcceptor created = new MinerAcceptor(
                config, tls, miners, new Outbox(loop), metrics, events, context.clock(), context.nanoTime());
        acceptor = created;
        VertxInternal vertx = (VertxInternal) context.vertx();
        int loops = config.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : config.eventLoops();
        String host = config.listen().host();
        SocketAddress address = config.listen().port() == 0
                ? SocketAddress.sharedRandomPort(ANY_PORT.incrementAndGet(), host)
                : SocketAddress.inetSocketAddress(config.listen().port(), host);
        List<Future<NetServer>> listening = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            ContextInternal event = vertx.createEventLoopContext();
            NetServerInternal server = vertx.createNetServer(
                    new NetServerOptions().setAcceptBacklog(ACCEPT_BACKLOG).setTcpNoDelay(true));
            server.connectHandler(socket -> accept(created, socket));
            servers.add(server);
            listening.add(server.listen(event, address));
        }
        return Future.all(listening).map(all -> {
            listening();
            return null;
        });
    }

    private synchronized void listening() {
        port = servers.getFirst().actualPort();
        MinerEvents.listening(config.listen().host(), port, config.tls().isPresent());
    }

    private static void accept(MinerAcceptor acceptor, NetSocket socket) {
        NetSocketInternal internal = (NetSocketInternal) socket;
        acceptor.accept(
                internal.channelHandlerContext().channel(),
                internal.channelHandlerContext().name());
    }

    /** Takes no more connections and no more shares, waits for the answers to those there are, ends all. */
    @Override
    public synchronized Future<Void> stop() {
        MinerAcceptor present = acceptor;
        if (present == null) {
            miners.stop();
            return Future.succeededFuture();
        }
        present.close();
        List<Future<Void>> stopping = new ArrayList<>();
        // Stops listening at once; its grace is for the connections, which end before.
        long grace = config.drain().toMillis() + 5_000;
        for (NetServerInternal server : servers) {
            stopping.add(server.shutdown(grace, TimeUnit.MILLISECONDS));
        }
        stopping.add(miners.drain(config.drain()).onSuccess(drained -> {
            miners.stop();
            present.endAll();
        }));
        return Future.join(stopping).mapEmpty();
    }
}
