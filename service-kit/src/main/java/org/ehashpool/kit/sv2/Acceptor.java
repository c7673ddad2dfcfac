package org.ehashpool.kit.sv2;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ehashpool.kit.sv2.admission.Admission;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.HandshakePermit;
import org.ehashpool.kit.sv2.link.Link;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Protocol;

/** Takes a server's new TCP connections: quotas first, then a pipeline. Shared by the server's event loops. */
final class Acceptor {

    private final Sv2Environment environment;
    private final Sv2ServerSettings settings;
    private final SetupPolicy policy;
    private final Protocol protocol;
    private final Responder responder;
    private final Handler<Sv2Connection> connected;
    private final Sv2Metrics metrics;
    private final Sv2Events events;
    private final Admission admission;
    private final Set<Sv2Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Acceptor(
            Sv2Environment environment,
            Sv2ServerSettings settings,
            SetupPolicy policy,
            Protocol protocol,
            Responder responder,
            Handler<Sv2Connection> connected,
            Sv2Metrics metrics,
            Sv2Events events) {
        this.environment = environment;
        this.settings = settings;
        this.policy = policy;
        this.protocol = protocol;
        this.responder = responder;
        this.connected = connected;
        this.metrics = metrics;
        this.events = events;
        this.admission = new Admission(settings.admission());
    }

    /** Connections that are open, set up or not. */
    Set<Sv2Connection> connections() {
        return connections;
    }

    Admission admission() {
        return admission;
    }

    /** Takes no more connections and ends those there are, when what was sent has left; succeeds when all have ended. */
    Future<Void> stop() {
        stopping = true;
        List<Sv2Connection> open = List.copyOf(connections);
        open.forEach(connection -> connection.close(CloseReason.SHUTDOWN));
        return Future.join(open.stream().map(Sv2Connection::closed).toList()).mapEmpty();
    }

    /**
     * A TCP connection was made; on its event loop.
     *
     * @param above the handler of the channel's owner, which stays on top of the pipeline
     */
    void accept(Channel channel, String above, ContextInternal context) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            var _ = channel.close();
            return;
        }
        if (stopping) {
            turnAway(channel, remote, CloseReason.SHUTDOWN);
            return;
        }
        Optional<Admission.Slot> slot = admission.open();
        if (slot.isEmpty()) {
            turnAway(channel, remote, CloseReason.TOO_MANY_CONNECTIONS);
            return;
        }
        boolean proxied = settings.trustedProxies().stream().anyMatch(range -> range.contains(remote.getAddress()));
        Optional<CloseReason> refusal = proxied ? Optional.empty() : claim(slot.get(), remote);
        if (refusal.isPresent()) {
            slot.get().close();
            turnAway(channel, remote, refusal.get());
            return;
        }
        SocketOptions.apply(channel, settings.link());
        install(channel, above, context, slot.get(), remote, proxied);
    }

    private Optional<CloseReason> claim(Admission.Slot slot, InetSocketAddress peer) {
        return slot.claim(peer.getAddress(), environment.nanoTime());
    }

    private void turnAway(Channel channel, InetSocketAddress peer, CloseReason reason) {
        metrics.turnedAway(reason);
        events.turnedAway(peer, reason);
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = channel.close();
    }

    private void install(
            Channel channel,
            String above,
            ContextInternal context,
            Admission.Slot slot,
            InetSocketAddress remote,
            boolean proxied) {
        Sv2Connection connection =
                new Sv2Connection(environment.connectionIds().next(), channel, context, metrics, events);
        ServerFlow flow = new ServerFlow(
                policy, protocol, connection, remote, environment.clock().instant(), connected);
        metrics.accepted();
        connections.add(connection);
        Link link = Link.install(
                channel,
                Optional.of(above),
                settings.link(),
                settings.deadlines(),
                proxied ? "the PROXY header" : "act 1 of the handshake",
                Reception.setup(Sender.CLIENT, settings.link().payloadLimits()),
                metrics.traffic(),
                slot.partials(),
                new ConnectionHandler(connection, flow, () -> {
                    connections.remove(connection);
                    slot.close();
                }));
        connection.link(link);
        link.addResponder(responder, environment::epochSeconds, permit(slot), environment.workers());
        if (proxied) {
            link.addProxyHeader(peer -> {
                InetSocketAddress real = peer.orElse(remote);
                claim(slot, real).ifPresent(reason -> {
                    throw new PeerViolationException(reason, "turned away behind its proxy");
                });
                flow.identified(real);
                link.watch().step("act 1 of the handshake");
            });
        }
    }

    private static HandshakePermit permit(Admission.Slot slot) {
        return new HandshakePermit() {
            @Override
            public Optional<CloseReason> begin() {
                return slot.beginHandshake();
            }

            @Override
            public void end() {
                slot.endHandshake();
            }
        };
    }
}
