package org.ehashpool.statistics.listen;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.sv2.admission.Admission;
import org.ehashpool.kit.sv2.admission.AdmissionSettings;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.statistics.events.StatisticsEvents;
import org.ehashpool.statistics.ingest.Ingest;
import org.jspecify.annotations.Nullable;

/** The port where services tell. */
public final class StatsListener implements Component {
    private static final int CONNECT_BURST = 64;
    private static final String TLS = "TLSv1.3";

    private final ServiceContext service;
    private final ListenConfig config;
    private final List<SenderConfig> senders;
    private final EndpointPolicy endpoints;
    private final String wholeService;
    private final Ingest ingest;
    private final Admission admission;
    private final Map<Integer, SenderConnection> byBoot = new ConcurrentHashMap<>();
    private final Set<SenderConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile @Nullable NetServer server;

    /**
     * @param hosts that senders may have us ask, besides their own
     * @param wholeService the service whose shares are the whole
     */
    public StatsListener(
            ServiceContext service,
            ListenConfig config,
            List<SenderConfig> senders,
            List<String> hosts,
            String wholeService,
            Ingest ingest) {
        this.service = service;
        this.config = config;
        this.senders = List.copyOf(senders);
        this.endpoints = new EndpointPolicy(hosts);
        this.wholeService = wholeService;
        this.ingest = ingest;
        this.admission = new Admission(AdmissionSettings.DEFAULT
                .withConnections(config.maxConnections(), config.maxConnectionsPerAddress())
                .withConnectRate(config.connectsPerSecond(), CONNECT_BURST));
        service.metrics().gauge("senders.connected", "Connections of boots that tell", byBoot::size);
        service.state()
                .describe(
                        "listen",
                        () -> new JsonObject()
                                .put("connections", admission.connections())
                                .put("senders", byBoot.size()));
    }

    @Override
    public String name() {
        return "listener";
    }

    @Override
    public Future<Void> start() {
        NetServer listening = service.vertx()
                .createNetServer(new NetServerOptions()
                        .setHost(config.address().host())
                        .setPort(config.address().port())
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setSslHandshakeTimeout(config.handshakeTimeout().toMillis())
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
        server = listening;
        Promise<Void> started = Promise.promise();
        Context loop = service.vertx().getOrCreateContext();
        loop.runOnContext(turn -> listening
                .connectHandler(socket -> accept(socket, loop))
                .listen()
                .onSuccess(bound -> StatisticsEvents.listening(
                        new HostPort(config.address().host(), bound.actualPort()).toString(),
                        config.certificate().isPresent()))
                .<Void>mapEmpty()
                .onComplete(started));
        return started.future();
    }

    /** The port that it got. */
    public int port() {
        NetServer listening = server;
        return listening == null ? 0 : listening.actualPort();
    }

    private void accept(NetSocket socket, Context loop) {
        Optional<Admission.Slot> slot = admission.open();
        if (slot.isEmpty()) {
            refused("too_many_connections");
            socket.close();
            return;
        }
        InetAddress peer = InetAddress.ofLiteral(socket.remoteAddress().hostAddress());
        Optional<CloseReason> reason = slot.get().claim(peer, service.nanoTime().getAsLong());
        if (reason.isPresent()) {
            refused(reason.get().name().toLowerCase(Locale.ROOT));
            slot.get().close();
            socket.close();
            return;
        }
        SenderConnection connection = new SenderConnection(this, socket, loop, peer, slot.get());
        connections.add(connection);
        if (config.certificate().isEmpty()) {
            connection.begin();
            return;
        }
        socket.closeHandler(end -> connection.ended());
        socket.upgradeToSsl(tls()).onComplete(secured -> {
            if (secured.succeeded()) {
                connection.begin();
            } else {
                refused("tls");
                connection.close();
            }
        });
    }

    private ServerSSLOptions tls() {
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(config.certificate().orElseThrow().toString())
                        .setKeyPath(config.key().orElseThrow().toString()));
        options.setEnabledSecureTransportProtocols(Set.of(TLS));
        return options;
    }

    /** A second connection of a boot takes the first one's place: the first may be one that died unseen. */
    void opened(int boot, SenderConnection connection) {
        SenderConnection before = byBoot.put(boot, connection);
        if (before != null) {
            before.replaced();
        }
    }

    void closed(int boot, SenderConnection connection) {
        byBoot.remove(boot, connection);
    }

    void gone(SenderConnection connection) {
        connections.remove(connection);
    }

    void refused(String code) {
        service.metrics()
                .counter("senders.refused", "Connections that were ended with a reason", "code", code)
                .increment();
    }

    boolean isWhole(String name) {
        return name.equals(wholeService);
    }

    Vertx vertx() {
        return service.vertx();
    }

    InstantSource clock() {
        return service.clock();
    }

    ListenConfig config() {
        return config;
    }

    List<SenderConfig> senders() {
        return senders;
    }

    EndpointPolicy endpoints() {
        return endpoints;
    }

    Ingest ingest() {
        return ingest;
    }

    @Override
    public Future<Void> stop() {
        NetServer listening = server;
        if (listening == null) {
            return Future.succeededFuture();
        }
        connections.forEach(SenderConnection::closeFromAnywhere);
        return listening.close();
    }
}
