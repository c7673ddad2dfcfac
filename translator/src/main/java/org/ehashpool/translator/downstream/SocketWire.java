package org.ehashpool.translator.downstream;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.translator.sv1.Line;
import org.jspecify.annotations.Nullable;

/** A connection's socket. {@link Wire} is for the translator's event loop, the rest for the connection's own. */
final class SocketWire implements Wire {
    /** Batches of requests that may be on their way to the translator's loop; then reading pauses. */
    private static final int MOST_BATCHES = 4;

    private static final long LAST_WORDS_MILLIS = 2_000;

    private final long id;
    private final Channel channel;
    private final Outbox outbox;
    private final Instant connectedAt;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile InetSocketAddress peer;
    private volatile boolean tls;
    private volatile boolean authorized;
    private volatile boolean silenced;
    private @Nullable ChannelHandlerContext handler;
    private @Nullable EndReason reason;
    private String detail = "";
    private boolean dirty;

    SocketWire(long id, Channel channel, InetSocketAddress peer, Outbox outbox, Instant connectedAt) {
        this.id = id;
        this.channel = channel;
        this.peer = peer;
        this.outbox = outbox;
        this.connectedAt = connectedAt;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public Instant connectedAt() {
        return connectedAt;
    }

    @Override
    public boolean tls() {
        return tls;
    }

    @Override
    public void send(Line line) {
        outbox.send(this, line);
    }

    @Override
    public void end(EndReason why) {
        outbox.end(this, why);
    }

    @Override
    public void authorized() {
        authorized = true;
    }

    @Override
    public void silence() {
        silenced = true;
        channel.eventLoop().execute(this::adjustReading);
    }

    @Override
    public void handled() {
        if (underWay.getAndDecrement() == MOST_BATCHES) {
            channel.eventLoop().execute(this::adjustReading);
        }
    }

    /** The place in the pipeline that the connection writes from. */
    void handler(ChannelHandlerContext context) {
        handler = context;
    }

    private ChannelHandlerContext handler() {
        ChannelHandlerContext present = handler;
        if (present == null) {
            throw new IllegalStateException("no pipeline yet");
        }
        return present;
    }

    EventLoop eventLoop() {
        return channel.eventLoop();
    }

    boolean isAuthorized() {
        return authorized;
    }

    boolean isSilenced() {
        return silenced;
    }

    void peer(InetSocketAddress real) {
        peer = real;
    }

    void encrypted() {
        tls = true;
    }

    /** A batch of requests goes to the translator's loop. */
    void batchBegins() {
        if (underWay.incrementAndGet() >= MOST_BATCHES) {
            adjustReading();
        }
    }

    private void adjustReading() {
        channel.config().setAutoRead(!silenced && underWay.get() < MOST_BATCHES);
    }

    /** Puts a line before the socket; false if nothing is to be flushed for it. */
    boolean write(Line line) {
        if (reason != null || !channel.isActive()) {
            return false;
        }
        if (!channel.isWritable()) {
            // It may be what this turn has written: the socket decides.
            handler().flush();
        }
        if (!channel.isWritable()) {
            abort(EndReason.SLOW_READER, "what was sent has not been read");
            return false;
        }
        var _ = handler().write(Unpooled.wrappedBuffer(line.bytes()));
        boolean first = !dirty;
        dirty = true;
        return first;
    }

    void flush() {
        dirty = false;
        handler().flush();
    }

    /** Ends the connection when what was written has left, or soon. */
    void finish(EndReason why) {
        if (reason != null) {
            return;
        }
        reason = why;
        dirty = false;
        var _ = handler().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> cutOff());
        var _ = channel.eventLoop().schedule(this::cutOff, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Below the handler of the channel's owner, which would wait for what a peer does not read. */
    private void cutOff() {
        var _ = handler().close();
    }

    /** Ends the connection at once. */
    void abort(EndReason why, String operands) {
        if (reason == null) {
            reason = why;
            detail = operands;
        }
        if (why.isHostile() && channel.isOpen()) {
            // The system need not keep what such a peer will not read.
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        cutOff();
    }

    /** Whether this side has ended it. */
    boolean isEnding() {
        return reason != null;
    }

    /** Why it ended, once it has. */
    EndReason reason() {
        EndReason known = reason;
        return known == null ? EndReason.PEER_CLOSED : known;
    }

    String detail() {
        return detail;
    }
}
