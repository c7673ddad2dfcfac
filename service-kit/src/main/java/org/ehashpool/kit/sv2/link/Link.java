package org.ehashpool.kit.sv2.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.sv2.codec.Reception;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of one connection. From the wire up: the watch, the PROXY header where one is due, the Noise handshake and
 * then frames in its place, messages, and on top the connection that the caller adds. All methods are for the event loop.
 *
 * <p>Above it the caller's handler receives {@link org.ehashpool.sv2.codec.Received} messages and the event {@link
 * SessionEstablished}, and writes {@link org.ehashpool.sv2.message.Message}, {@link OutboundMessage} or {@link
 * EncodedFrame}; whatever ends the connection arrives as an exception ({@link CloseCause#of(Throwable)}).
 */
public final class Link {

    /** Name of the PROXY header's handler in the pipeline. */
    static final String PROXY = "sv2-proxy";
    /** Name of the frames' handler in the pipeline. */
    static final String FRAMES = "sv2-frames";

    private static final String WATCH = "sv2-watch";
    private static final String NOISE = "sv2-noise";
    private static final String MESSAGES = "sv2-messages";
    private static final String CONNECTION = "sv2-connection";

    private final Channel channel;
    private final LinkSettings settings;
    private final LinkCounters counters;
    private final LinkWatch watch;
    private final MessageHandler messages;
    private final ReadingClock clock;
    private final PartialBudget partials;
    private @Nullable FrameHandler frames;
    private boolean paused;

    private Link(
            Channel channel,
            LinkSettings settings,
            LinkCounters counters,
            LinkWatch watch,
            MessageHandler messages,
            ReadingClock clock,
            PartialBudget partials) {
        this.channel = channel;
        this.settings = settings;
        this.counters = counters;
        this.watch = watch;
        this.messages = messages;
        this.clock = clock;
        this.partials = partials;
    }

    /**
     * Begins a pipeline; one of the {@code add} methods completes it.
     *
     * @param channel an active channel
     * @param above name of the handler of the channel's owner that stays on top; empty: there is none
     * @param settings what the connection may cost
     * @param deadlines of the setup
     * @param firstStep what the peer has to do first, for the message that it did not
     * @param reception what may be received at first
     * @param totals where traffic is counted
     * @param partials what unfinished frames may keep
     * @param connection receives messages and what ends the connection
     */
    public static Link install(
            Channel channel,
            Optional<String> above,
            LinkSettings settings,
            SetupDeadlines deadlines,
            String firstStep,
            Reception reception,
            TrafficTotals totals,
            PartialBudget partials,
            ChannelHandler connection) {
        channel.config()
                .setWriteBufferWaterMark(
                        new WriteBufferWaterMark(settings.writeLowWaterMark(), settings.writeHighWaterMark()));
        ReadingClock clock = new ReadingClock();
        Link link = new Link(
                channel,
                settings,
                new LinkCounters(totals),
                new LinkWatch(deadlines, settings, firstStep, clock),
                new MessageHandler(reception, ByteOrder.LITTLE_ENDIAN),
                clock,
                partials);
        ChannelPipeline pipeline = channel.pipeline();
        above.ifPresentOrElse(
                name -> pipeline.addBefore(name, CONNECTION, connection),
                () -> pipeline.addLast(CONNECTION, connection));
        pipeline.addBefore(CONNECTION, MESSAGES, link.messages);
        pipeline.addBefore(MESSAGES, WATCH, link.watch);
        return link;
    }

    /** Frames without encryption: for tests of everything above. */
    public void addPlainFrames() {
        channel.pipeline().addBefore(MESSAGES, FRAMES, frames(FrameProtection.NONE));
    }

    /**
     * The handshake of the side that listens.
     *
     * @param responder makes handshakes
     * @param epochSeconds the current time
     * @param permit asked when act 1 is there
     * @param workers where the curve work is done
     */
    public void addResponder(
            Responder responder, LongSupplier epochSeconds, HandshakePermit permit, HandshakeWorkers workers) {
        channel.pipeline()
                .addBefore(
                        MESSAGES, NOISE, new NoiseResponder(responder, epochSeconds, permit, workers, framesFactory()));
    }

    /**
     * The handshake of the side that dials; begins at once.
     *
     * @param initiator makes handshakes
     * @param epochSeconds the current time
     * @param workers where the curve work is done
     */
    public void addInitiator(Initiator initiator, LongSupplier epochSeconds, HandshakeWorkers workers) {
        NoiseInitiator handler = new NoiseInitiator(initiator, epochSeconds, workers, framesFactory());
        channel.pipeline().addBefore(MESSAGES, NOISE, handler);
        handler.begin(channel.pipeline().context(handler));
    }

    /**
     * A PROXY protocol v2 header is due before the handshake that was added.
     *
     * @param identified told who the real peer is; empty: the proxy itself
     */
    public void addProxyHeader(Consumer<Optional<InetSocketAddress>> identified) {
        new ProxyHeaderHandler(identified).addBefore(channel.pipeline(), NOISE);
    }

    private Function<FrameProtection, FrameHandler> framesFactory() {
        return this::frames;
    }

    private FrameHandler frames(FrameProtection protection) {
        FrameHandler handler = new FrameHandler(protection, messages::admit, settings, counters, clock, partials);
        frames = handler;
        watch.watch(handler);
        return handler;
    }

    /** The deadlines and limits in time. */
    public LinkWatch watch() {
        return watch;
    }

    /** What may be received, and how TLVs are written. */
    public MessageHandler messages() {
        return messages;
    }

    /** What went over the connection. */
    public LinkCounters counters() {
        return counters;
    }

    /** Delivers nothing more until {@link #resume()}, not even what has been read. */
    public void pause() {
        FrameHandler handler = frames;
        ChannelHandlerContext ctx = channel.pipeline().context(FRAMES);
        if (!paused && handler != null && ctx != null) {
            paused = true;
            clock.pause(now(ctx));
            handler.pause(ctx);
        }
    }

    /** Delivers again. */
    public void resume() {
        FrameHandler handler = frames;
        ChannelHandlerContext ctx = channel.pipeline().context(FRAMES);
        if (paused && handler != null && ctx != null) {
            paused = false;
            clock.resume(now(ctx));
            handler.resume(ctx);
        }
    }

    /** Drops what arrives from now on, unread; the connection is about to be closed. */
    public void discardInbound() {
        FrameHandler handler = frames;
        if (handler != null) {
            handler.discardInbound();
        }
        if (channel.isOpen()) {
            channel.config().setAutoRead(true);
        }
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }
}
