package org.ehashpool.kit.sv2;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.net.impl.ServerID;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.noise.certificate.AuthorityPublicKey;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.message.Protocol;

/**
 * Listens for one protocol of Stratum V2 on one port, over Noise only.
 *
 * <p>A peer is handed to the owner when its SetupConnection was accepted and all required extensions are agreed; what
 * comes before that costs bounded memory and time. One instance listens once.
 */
public final class Sv2Server {

    private static final int ACCEPT_BACKLOG = 4_096;
    private static final AtomicInteger ANY_PORT = new AtomicInteger();

    private final Sv2Environment environment;
    private final String name;
    private final Sv2ServerSettings settings;
    private final Protocol protocol;
    private final Sv2Events events;
    private final Acceptor acceptor;
    private final List<NetServerInternal> servers = new ArrayList<>();
    private int port;

    /**
     * @param environment what the process's endpoints share
     * @param name the endpoint's name in logs and metrics, unique in the process
     * @param settings where to listen, and the limits
     * @param identity static key and certificate
     * @param policy what is accepted in SetupConnection and RequestExtensions
     * @param connected called with each connection that is set up, on its event loop; sets the handlers
     */
    public Sv2Server(
            Sv2Environment environment,
            String name,
            Sv2ServerSettings settings,
            ServerIdentity identity,
            SetupPolicy policy,
            Handler<Sv2Connection> connected) {
        this.environment = environment;
        this.name = name;
        this.settings = settings;
        this.protocol = Protocol.of(policy.protocol())
                .orElseThrow(() -> new IllegalArgumentException("no protocol has the number " + policy.protocol()));
        Sv2Metrics metrics = new Sv2Metrics(environment.meters(), environment.service(), name);
        this.events = new Sv2Events(name, environment::nanoTime);
        Responder responder = new Responder(
                environment.curve(), KeySource.random(environment.curve(), environment.random()), identity);
        this.acceptor = new Acceptor(environment, settings, policy, protocol, responder, connected, metrics, events);
        metrics.watch(acceptor.admission(), environment.workers());
    }

    /**
     * Begins to listen.
     *
     * @param authority shown in the log: the key that clients pin
     * @return succeeds with the port; fails if the address cannot be listened on
     */
    public synchronized Future<Integer> listen(AuthorityPublicKey authority) {
        if (!servers.isEmpty()) {
            throw new IllegalStateException(name + " listens already");
        }
        VertxInternal vertx = environment.internalVertx();
        // Vert.x lets servers of one process share a port without a word; two endpoints on one port are a mistake.
        if (settings.port() != 0
                && vertx.sharedTcpServers().containsKey(new ServerID(settings.port(), settings.host()))) {
            return Future.failedFuture(
                    new BindException("another endpoint listens on " + settings.host() + ":" + settings.port()));
        }
        int loops = settings.eventLoops() == 0 ? Runtime.getRuntime().availableProcessors() : settings.eventLoops();
        SocketAddress address = settings.port() == 0
                ? SocketAddress.sharedRandomPort(ANY_PORT.incrementAndGet(), settings.host())
                : SocketAddress.inetSocketAddress(settings.port(), settings.host());
        List<Future<NetServer>> listening = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            ContextInternal context = vertx.createEventLoopContext();
            NetServerInternal server = vertx.createNetServer(options());
            server.connectHandler(socket -> accept(socket, context));
            servers.add(server);
            listening.add(server.listen(context, address));
        }
        return Future.all(listening).map(all -> listening(authority));
    }

    private NetServerOptions options() {
        return new NetServerOptions().setAcceptBacklog(ACCEPT_BACKLOG).setTcpNoDelay(true);
    }

    private synchronized int listening(AuthorityPublicKey authority) {
        port = servers.getFirst().actualPort();
        events.listening(settings.host(), port, protocol.title(), authority.toString());
        return port;
    }

    private void accept(NetSocket socket, ContextInternal context) {
        NetSocketInternal internal = (NetSocketInternal) socket;
        acceptor.accept(
                internal.channelHandlerContext().channel(),
                internal.channelHandlerContext().name(),
                context);
    }

    /** The port it listens on. */
    public synchronized int port() {
        return port;
    }

    /** Connections that are open, those whose setup is not done included. */
    public int connectionCount() {
        return acceptor.connections().size();
    }

    /** The connections that are set up; a snapshot. */
    public Collection<Sv2Connection> connections() {
        return acceptor.connections().stream().filter(Sv2Connection::isSetUp).toList();
    }

    /**
     * Stops listening and ends every connection when what was sent on it has left.
     *
     * @param grace after which connections are cut off
     */
    public synchronized Future<Void> stop(Duration grace) {
        int open = connectionCount();
        List<Future<Void>> stopping = new ArrayList<>();
        for (NetServerInternal server : servers) {
            stopping.add(server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS));
        }
        stopping.add(acceptor.stop());
        return Future.join(stopping).<Void>mapEmpty().onComplete(done -> events.stopped(open));
    }
}
