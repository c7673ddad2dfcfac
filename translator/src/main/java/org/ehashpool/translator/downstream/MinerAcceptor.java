package org.ehashpool.translator.downstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.ehashpool.kit.sv2.SocketOptions;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.kit.sv2.admission.Admission;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.kit.sv2.link.ProxyHeaderHandler;
import org.ehashpool.translator.sv1.Request;

/** Takes new TCP connections: quotas first, then a pipeline. Shared by the port's event loops. */
final class MinerAcceptor {
    private static final String LINES = "sv1-lines";
    private static final String TLS_SWITCH = "sv1-tls-switch";

    private final Sv1PortConfig config;
    private final Optional<SslContext> tls;
    private final Miners miners;
    private final Outbox outbox;
    private final MinerMetrics metrics;
    private final MinerEvents events;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Admission admission;
    private final List<AddressRange> proxies;
    private final AtomicLong ids = new AtomicLong();
    private final Set<SocketWire> wires = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    MinerAcceptor(
            Sv1PortConfig config,
            Optional<SslContext> tls,
            Miners miners,
            Outbox outbox,
            MinerMetrics metrics,
            MinerEvents events,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.config = config;
        this.tls = tls;
        this.miners = miners;
        this.outbox = outbox;
        this.metrics = metrics;
        this.events = events;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.admission = new Admission(config.admission());
        this.proxies = config.proxies();
    }

    /**
     * A TCP connection was made; on its event loop.
     *
     * @param above the handler of the channel's owner, which stays on top of the pipeline
     */
    void accept(Channel channel, String above) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            var _ = channel.close();
            return;
        }
        if (stopping) {
            turnAway(channel, remote, EndReason.SHUTDOWN);
            return;
        }
        Optional<Admission.Slot> slot = admission.open();
        if (slot.isEmpty()) {
            turnAway(channel, remote, EndReason.TOO_MANY_CONNECTIONS);
            return;
        }
        boolean proxied = proxies.stream().anyMatch(range -> range.contains(remote.getAddress()));
        Optional<CloseReason> refusal = proxied ? Optional.empty() : claim(slot.get(), remote);
        if (refusal.isPresent()) {
            slot.get().close();
            turnAway(channel, remote, EndReason.of(refusal.get()));
            return;
        }
        SocketOptions.apply(channel, LinkSettings.DEFAULT);
        int backlog = Math.toIntExact(config.limits().backlog().bytes());
        channel.config()
                .setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(backlog / 2, backlog));
        install(channel, above, slot.get(), remote, proxied);
    }

    private Optional<CloseReason> claim(Admission.Slot slot, InetSocketAddress peer) {
        return slot.claim(peer.getAddress(), nanoTime.getAsLong());
    }

    private void turnAway(Channel channel, InetSocketAddress peer, EndReason reason) {
        metrics.ended(reason);
        events.turnedAway(peer, reason);
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = channel.close();
    }

    private void install(
            Channel channel, String above, Admission.Slot slot, InetSocketAddress remote, boolean proxied) {
        SocketWire wire = new SocketWire(ids.incrementAndGet(), channel, remote, outbox, clock.instant());
        wires.add(wire);
        metrics.opened();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addBefore(above, LINES, new LineHandler(wire, config.limits(), owner(slot), ticks(channel)));
        pipeline.addBefore(LINES, TLS_SWITCH, new TlsSwitch(wire, tls));
        if (proxied) {
            new ProxyHeaderHandler(peer -> {
                        InetSocketAddress real = peer.orElse(remote);
                        claim(slot, real).ifPresent(reason -> {
                            throw new PeerViolationException(reason, "turned away behind its proxy");
                        });
                        wire.peer(real);
                    })
                    .addBefore(pipeline, TLS_SWITCH);
        }
    }

    private static long ticks(Channel channel) {
        return channel.eventLoop().ticker().nanoTime();
    }

    private LineHandler.Owner owner(Admission.Slot slot) {
        return new LineHandler.Owner() {
            @Override
            public void received(SocketWire wire, List<Request> requests) {
                miners.received(wire, requests);
            }

            @Override
            public void ended(SocketWire wire) {
                wires.remove(wire);
                slot.close();
                metrics.closed(wire.reason());
                miners.ended(wire);
            }
        };
    }

    /** Takes no more. */
    void close() {
        stopping = true;
    }

    /** Ends all, those that have not become miners included; on the translator's event loop. */
    void endAll() {
        wires.forEach(wire -> wire.end(EndReason.SHUTDOWN));
    }

    int connections() {
        return wires.size();
    }
}
