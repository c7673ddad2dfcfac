package org.ehashpool.kit.sv2;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.kit.sv2.link.CloseCause;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.link.Link;
import org.ehashpool.kit.sv2.link.LinkCounters;
import org.ehashpool.kit.sv2.link.OutboundMessage;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Tlv;
import org.jspecify.annotations.Nullable;

/**
 * One Stratum V2 connection whose setup is done.
 *
 * <p>Its handlers run on its event loop, one after the other. Reading begins when {@link #messageHandler} is set: a message
 * that comes earlier waits. Sending, pausing and closing may be called from any thread. A handler that throws closes this
 * connection and no other. After the end, what is sent is counted and dropped.
 *
 * <p>Nothing is buffered for a peer that does not read: whoever sends more than answers asks {@link #isWritable()} first
 * and goes on in the {@link #drainHandler}; a connection that stays above its marks is closed.
 */
public final class Sv2Connection {

    private static final int MAX_HOPPING = 1_024;
    private static final int DRAINED_HOPPING = MAX_HOPPING / 2;
    private static final long LINGER_MILLIS = 5_000;

    private final long connectionId;
    private final Channel channel;
    private final ContextInternal context;
    private final Sv2Metrics metrics;
    private final Sv2Events events;
    private final Promise<CloseCause> closed;
    private final AtomicInteger hopping = new AtomicInteger();
    private final Delivery delivery;
    private final Runnable flush = this::flushNow;
    private volatile @Nullable ConnectionInfo info;
    private volatile boolean ending;
    private volatile boolean hoppingRefused;
    private @Nullable Link link;
    private @Nullable ChannelHandlerContext handler;
    private @Nullable Runnable renegotiation;
    private @Nullable CloseCause cause;
    private boolean flushDue;
    private boolean reading;
    private boolean wasUnwritable;

    Sv2Connection(long connectionId, Channel channel, ContextInternal context, Sv2Metrics metrics, Sv2Events events) {
        this.connectionId = connectionId;
        this.channel = channel;
        this.context = context;
        this.metrics = metrics;
        this.events = events;
        this.closed = context.promise();
        this.delivery = new Delivery(context, metrics, bug -> abort(CloseCause.of(bug)));
    }

    /** Unique in the process. */
    public long connectionId() {
        return connectionId;
    }

    /** What was negotiated; the present state. */
    public ConnectionInfo info() {
        ConnectionInfo present = info;
        if (present == null) {
            throw new IllegalStateException("the connection is not set up");
        }
        return present;
    }

    /** What went over the connection. */
    public LinkCounters counters() {
        return link().counters();
    }

    /** How long nothing has been received. */
    public Duration silence() {
        return Duration.ofNanos(Math.max(
                0, channel.eventLoop().ticker().nanoTime() - link().watch().lastRead()));
    }

    /** The context on which the handlers run. */
    public Context context() {
        return context;
    }

    /**
     * Sends a message, from any thread; in the order of the calls of one thread.
     *
     * <p>A value that does not fit its field is a bug of the caller: the connection is closed and the bug logged.
     */
    public void send(Message message) {
        enqueue(message);
    }

    /** Sends a message with fields of negotiated extensions behind it; like {@link #send(Message)}. */
    public void send(Message message, List<Tlv> tlvs) {
        enqueue(tlvs.isEmpty() ? message : new OutboundMessage(message, tlvs));
    }

    /** Sends a frame that was encoded before, for many connections; like {@link #send(Message)}. */
    public void sendEncoded(EncodedFrame frame) {
        enqueue(frame);
    }

    /** Whether more may be sent now without waiting for the peer. */
    public boolean isWritable() {
        if (ending || !channel.isWritable()) {
            return false;
        }
        if (hopping.get() < MAX_HOPPING) {
            return true;
        }
        // Noted before the second look: whoever is refused by it is called, since messages are still to arrive.
        hoppingRefused = true;
        return hopping.get() < MAX_HOPPING;
    }

    /** Called when the connection is writable again after it was not. */
    public Sv2Connection drainHandler(Handler<Void> handler) {
        onLoop(() -> delivery.drained(handler));
        return this;
    }

    /** Called with each message of a known and negotiated kind; setting it begins the reading. */
    public Sv2Connection messageHandler(Handler<Decoded> handler) {
        onLoop(() -> {
            if (delivery.messages(handler)) {
                link().resume();
            }
        });
        return this;
    }

    /** Called with each message of an unknown or not negotiated extension; without it they are discarded. */
    public Sv2Connection unknownExtensionHandler(Handler<UnknownExtension> handler) {
        onLoop(() -> delivery.unknownExtensions(handler));
        return this;
    }

    /** Called when extensions were negotiated after the connection was handed out. */
    public Sv2Connection extensionsHandler(Handler<ConnectionInfo> handler) {
        onLoop(() -> delivery.extensions(handler));
        return this;
    }

    /** Succeeds when the connection has ended, with the cause; never fails. */
    public Future<CloseCause> closed() {
        return closed.future();
    }

    /** Reads and delivers nothing until {@link #resume()}. */
    public void pause() {
        onLoop(() -> link().pause());
    }

    /** Reads and delivers again. */
    public void resume() {
        onLoop(() -> link().resume());
    }

    /**
     * Asks the server again for the extensions of the setup, as ChannelEndpointChanged demands: "any extension state
     * MUST be reset and version/presence negotiation must begin again". Until the {@link #extensionsHandler} is called a
     * second time none is in force. Only on a connection that was dialled here.
     */
    public void renegotiateExtensions() {
        onLoop(() -> {
            Runnable ask = renegotiation;
            if (ask == null) {
                throw new IllegalStateException("a server does not request extensions");
            }
            ask.run();
        });
    }

    /** The byte order in which this peer wants TLVs; little-endian unless set. */
    public void tlvOrder(ByteOrder order) {
        onLoop(() -> link().messages().tlvOrder(order));
    }

    /** Ends the connection when what was sent has left. */
    public void close() {
        close(CloseReason.CLOSED);
    }

    /** Ends the connection when what was sent has left. */
    public void close(CloseReason reason) {
        close(reason, "");
    }

    /** Ends the connection when what was sent has left; {@code detail} is for the log. */
    public void close(CloseReason reason, String detail) {
        onLoop(() -> closeGracefully(CloseCause.of(reason, detail)));
    }

    /** Ends the connection at once; what was not yet sent is dropped. */
    public void abort(CloseReason reason) {
        onLoop(() -> abort(CloseCause.of(reason, "")));
    }

    @Override
    public String toString() {
        return "Sv2Connection[" + connectionId + "]";
    }

    // --- for the endpoints, on the event loop --------------------------------------------------------------------

    void renegotiation(Runnable ask) {
        renegotiation = ask;
    }

    /** Below the channel owner's handler: what is written or closed here does not pass its queue. */
    void handler(ChannelHandlerContext installed) {
        handler = installed;
    }

    private ChannelHandlerContext handler() {
        ChannelHandlerContext installed = handler;
        if (installed == null) {
            throw new IllegalStateException("the pipeline is not installed");
        }
        return installed;
    }

    void link(Link installed) {
        link = installed;
    }

    Link link() {
        Link installed = link;
        if (installed == null) {
            throw new IllegalStateException("the pipeline is not installed");
        }
        return installed;
    }

    boolean isOpen() {
        return !ending && channel.isActive();
    }

    boolean isSetUp() {
        return info != null;
    }

    Sv2Metrics metrics() {
        return metrics;
    }

    Sv2Events events() {
        return events;
    }

    /** The setup is done: nothing is delivered until the owner has set its handler. */
    void setUp(ConnectionInfo negotiated) {
        info = negotiated;
        long nanos = link().watch().age();
        link().watch().established();
        if (!delivery.hasMessageHandler()) {
            link().pause();
        }
        metrics.established(negotiated.kind(), nanos);
        events.connected(negotiated, Duration.ofNanos(nanos));
    }

    /** Hands the connection to its owner. */
    void handOver(Handler<Sv2Connection> owner) {
        delivery.call(owner, this);
    }

    /** Extensions are in force from now on, in both directions. */
    void extensions(Extensions negotiated) {
        ConnectionInfo present = info;
        if (present == null) {
            return;
        }
        ConnectionInfo changed = present.withExtensions(negotiated);
        info = changed;
        events.extensionsNegotiated(changed);
        delivery.extensionsChanged(changed);
    }

    Delivery delivery() {
        return delivery;
    }

    Channel channel() {
        return channel;
    }

    void readBegins() {
        reading = true;
    }

    void readEnds() {
        reading = false;
        if (flushDue) {
            flushNow();
        }
    }

    void writabilityChanged() {
        if (!channel.isWritable()) {
            wasUnwritable = true;
            return;
        }
        if (wasUnwritable && !ending) {
            wasUnwritable = false;
            delivery.drainedNow();
        }
    }

    void closeGracefully(CloseCause why) {
        if (ending) {
            return;
        }
        end(why);
        link().discardInbound();
        handler().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) sent -> {
            // Closing with unread bytes makes TCP reset, and the peer may lose what was sent last.
            if (sent.isSuccess() && channel instanceof DuplexChannel duplex) {
                var _ = duplex.shutdownOutput();
            } else {
                closeNow();
            }
        });
        var _ = channel.eventLoop().schedule(this::closeNow, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void closeNow() {
        var _ = handler().close();
    }

    void abort(CloseCause why) {
        if (!ending) {
            end(why);
        }
        if (channel.isOpen() && (why.reason().isPeerViolation() || why.reason().isRefusal())) {
            // The kernel need not keep what such a peer will not read.
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        closeNow();
    }

    private void end(CloseCause why) {
        ending = true;
        cause = why;
        why.bug().ifPresent(bug -> events.bug(connectionId, bug));
    }

    /** The channel is gone. */
    CloseCause channelClosed() {
        ending = true;
        CloseCause why = cause;
        if (why == null) {
            why = CloseCause.of(CloseReason.PEER_CLOSED, "");
            cause = why;
        }
        return why;
    }

    /** Nothing holds the connection any more: its end may be known. */
    void announceEnd(CloseCause why) {
        closed.tryComplete(why);
    }

    private void enqueue(Object message) {
        if (channel.eventLoop().inEventLoop()) {
            write(message);
            return;
        }
        hopping.incrementAndGet();
        try {
            channel.eventLoop().execute(() -> {
                int left = hopping.decrementAndGet();
                write(message);
                hopped(left);
            });
        } catch (RejectedExecutionException stopped) {
            hopping.decrementAndGet();
            metrics.sendDropped();
        }
    }

    /** A message of another thread arrived; the channel itself may have stayed writable all the time. */
    private void hopped(int left) {
        if (left <= DRAINED_HOPPING && hoppingRefused) {
            hoppingRefused = false;
            if (!ending && channel.isWritable()) {
                delivery.drainedNow();
            }
        }
    }

    private void write(Object message) {
        if (ending || !channel.isActive()) {
            metrics.sendDropped();
            return;
        }
        var _ = handler().write(message, handler().voidPromise());
        if (!flushDue) {
            flushDue = true;
            if (!reading) {
                channel.eventLoop().execute(flush);
            }
        }
    }

    private void flushNow() {
        if (flushDue) {
            flushDue = false;
            handler().flush();
        }
    }

    private void onLoop(Runnable action) {
        if (channel.eventLoop().inEventLoop()) {
            action.run();
            return;
        }
        try {
            channel.eventLoop().execute(action);
        } catch (RejectedExecutionException stopped) {
            metrics.sendDropped();
        }
    }
}
