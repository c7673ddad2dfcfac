package org.ehashpool.kit.sv2;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.net.NetClientOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ehashpool.kit.sv2.upstream.UpstreamMemory;
import org.ehashpool.noise.certificate.AuthorityPublicKey;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.ServerAuthentication;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.Common.Reconnect;

/**
 * Connects to Stratum V2 servers whose authority key is pinned. Thread-safe; one instance makes any number of connections.
 *
 * <p>What a server may answer is a value ({@link ConnectOutcome}); everything has a deadline. A Reconnect message is
 * delivered to the owner like any other: {@link Sv2ReconnectingClient} honours it.
 */
public final class Sv2Client {

    private final Sv2Environment environment;
    private final Sv2ClientSettings settings;
    private final Sv2Metrics metrics;
    private final Sv2Events events;
    private final UpstreamMemory memory;
    private final NetClientInternal sockets;

    /**
     * @param environment what the process's endpoints share
     * @param name the endpoint's name in logs and metrics, unique in the process
     * @param settings deadlines and limits
     */
    public Sv2Client(Sv2Environment environment, String name, Sv2ClientSettings settings) {
        this(environment, name, settings, Optional.empty());
    }

    /**
     * @param environment what the process's endpoints share
     * @param name the endpoint's name in logs and metrics, unique in the process
     * @param settings deadlines and limits
     * @param localAddress the address of this machine to connect from; empty: the system chooses
     */
    public Sv2Client(
            Sv2Environment environment, String name, Sv2ClientSettings settings, Optional<String> localAddress) {
        this.environment = environment;
        this.settings = settings;
        this.metrics = new Sv2Metrics(environment.meters(), environment.service(), name);
        this.events = new Sv2Events(name, environment::nanoTime);
        this.memory = new UpstreamMemory(settings.silenceRemembered());
        NetClientOptions options = new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setTcpNoDelay(true);
        localAddress.ifPresent(options::setLocalAddress);
        this.sockets = (NetClientInternal) environment.vertx().createNetClient(options);
    }

    /**
     * Connects to a server that must present a certificate of the URL's authority.
     *
     * @return never fails but for a bug of ours
     */
    public Future<ConnectOutcome> connect(Sv2Url url, SetupRequest request) {
        return connect(Destination.of(url), request, newContext(), Sv2Client::deliver);
    }

    /**
     * Connects to whatever answers, an attacker too. Only for tools that ask a server who it claims to be.
     *
     * @return never fails but for a bug of ours
     */
    public Future<ConnectOutcome> connectUnauthenticated(String host, int port, SetupRequest request) {
        return connect(Destination.unauthenticated(host, port), request, newContext(), Sv2Client::deliver);
    }

    /**
     * Where to connect.
     *
     * @param host name or address
     * @param port port
     * @param authority the key that the server's certificate must be signed with; none: any server will do
     */
    public record Destination(String host, int port, List<AuthorityPublicKey> authority) {
        public Destination {
            authority = List.copyOf(authority);
        }

        /** A server that must present a certificate of the URL's authority. */
        public static Destination of(Sv2Url url) {
            return new Destination(url.host(), url.port(), List.of(url.authority()));
        }

        /** Whatever answers there, an attacker too. */
        public static Destination unauthenticated(String host, int port) {
            return new Destination(host, port, List.of());
        }
    }

    /** Connects, with all of the connection's life on one context. */
    Future<ConnectOutcome> connect(
            Destination destination,
            SetupRequest request,
            Context context,
            BiConsumer<Sv2Connection, Reconnect> reconnect) {
        ContextInternal internal = (ContextInternal) context;
        Dialling dialling = new Dialling(this, destination, initiator(destination), request, internal, reconnect);
        internal.runOnContext(begin -> dialling.begin());
        return dialling.outcome();
    }

    private static void deliver(Sv2Connection connection, Reconnect message) {
        connection.delivery().deliver(new Decoded(message, List.of()));
    }

    private ContextInternal newContext() {
        return environment.internalVertx().createEventLoopContext();
    }

    private Initiator initiator(Destination destination) {
        ServerAuthentication authentication = destination.authority().isEmpty()
                ? new ServerAuthentication.Unauthenticated()
                : new ServerAuthentication.Pinned(new CertificateVerifier(
                        destination.authority().getFirst(), settings.clockSkewSeconds(), environment.curve()));
        return new Initiator(
                environment.curve(), KeySource.random(environment.curve(), environment.random()), authentication);
    }

    Sv2Environment environment() {
        return environment;
    }

    Sv2ClientSettings settings() {
        return settings;
    }

    Sv2Metrics metrics() {
        return metrics;
    }

    Sv2Events events() {
        return events;
    }

    UpstreamMemory memory() {
        return memory;
    }

    NetClientInternal sockets() {
        return sockets;
    }

    /** Cuts off every connection that it made. */
    public Future<Void> close() {
        return sockets.close();
    }
}
