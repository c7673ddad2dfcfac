package org.ehashpool.kit.sv2.link;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one connection: the deadlines of its setup; then unfinished frames, silence and a peer that does not read.
 * Unfinished frames and silence are measured while this side reads. One timer per connection, whatever it watches; a limit is found exceeded at most a quarter of itself late.
 */
public final class LinkWatch extends ChannelDuplexHandler {

    private static final long NEVER = Long.MIN_VALUE;
    private static final long SHORTEST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(10);

    private final SetupDeadlines deadlines;
    private final LinkSettings settings;
    private final ReadingClock clock;
    private @Nullable ChannelHandlerContext context;
    private @Nullable FrameHandler frames;
    private @Nullable Future<?> timer;
    private String step;
    private long begun;
    private long stepBegun;
    private volatile long lastRead;
    private long idleSince;
    private long unwritableSince = NEVER;
    private boolean established;

    /**
     * @param step what the peer has to do first
     * @param clock what the peer does not send is measured by it
     */
    LinkWatch(SetupDeadlines deadlines, LinkSettings settings, String step, ReadingClock clock) {
        this.deadlines = deadlines;
        this.settings = settings;
        this.step = step;
        this.clock = clock;
    }

    /** When anything was last received; monotonic nanoseconds of the event loop's ticker. */
    public long lastRead() {
        return lastRead;
    }

    /** How long the connection has existed, in nanoseconds; on the event loop. */
    public long age() {
        ChannelHandlerContext ctx = context;
        return ctx == null ? 0 : now(ctx) - begun;
    }

    /** The peer did a step of the setup, {@code next} comes now; on the event loop. */
    public void step(String next) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !established) {
            step = next;
            stepBegun = now(ctx);
            arm(ctx, untilSetupDeadline(stepBegun));
        }
    }

    /** The setup is done; on the event loop. */
    public void established() {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !established) {
            established = true;
            unwritableSince = ctx.channel().isWritable() ? NEVER : now(ctx);
            arm(ctx, interval());
        }
    }

    /** The handler whose unfinished frames are watched. */
    void watch(FrameHandler handler) {
        frames = handler;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        begun = now(ctx);
        stepBegun = begun;
        lastRead = begun;
        idleSince = clock.at(begun);
        arm(ctx, untilSetupDeadline(begun));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        disarm();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        disarm();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        long now = now(ctx);
        lastRead = now;
        idleSince = clock.at(now);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        unwritableSince = ctx.channel().isWritable() ? NEVER : now(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    private void arm(ChannelHandlerContext ctx, long nanos) {
        disarm();
        timer = ctx.executor().schedule(() -> look(ctx), Math.max(nanos, 0), TimeUnit.NANOSECONDS);
    }

    private void disarm() {
        Future<?> armed = timer;
        if (armed != null) {
            timer = null;
            armed.cancel(false);
        }
    }

    private void look(ChannelHandlerContext ctx) {
        timer = null;
        if (!ctx.channel().isOpen()) {
            return;
        }
        long now = now(ctx);
        PeerViolationException violation = established ? brokenLimit(now) : missedDeadline(now);
        if (violation != null) {
            ctx.fireExceptionCaught(violation);
        } else {
            arm(ctx, established ? interval() : untilSetupDeadline(now));
        }
    }

    private @Nullable PeerViolationException missedDeadline(long now) {
        if (now - begun >= deadlines.total().toNanos()) {
            return timeout("setup not done within " + deadlines.total() + ", waiting for " + step);
        }
        if (now - stepBegun >= deadlines.step().toNanos()) {
            return timeout(step + " not received within " + deadlines.step());
        }
        return null;
    }

    private static PeerViolationException timeout(String detail) {
        return new PeerViolationException(CloseReason.SETUP_TIMEOUT, detail);
    }

    private @Nullable PeerViolationException brokenLimit(long now) {
        FrameHandler handler = frames;
        if (handler != null
                && handler.unfinishedNanos(now) >= settings.frameTimeout().toNanos()) {
            return new PeerViolationException(
                    CloseReason.FRAME_TIMEOUT, "a frame was not finished within " + settings.frameTimeout());
        }
        if (unwritableSince != NEVER
                && now - unwritableSince >= settings.slowPeerLimit().toNanos()) {
            return new PeerViolationException(
                    CloseReason.SLOW_PEER, "what was sent has not been read for " + settings.slowPeerLimit());
        }
        Duration idle = settings.readIdleLimit().orElse(null);
        if (idle != null && clock.at(now) - idleSince >= idle.toNanos()) {
            return new PeerViolationException(CloseReason.IDLE, "nothing received for " + idle);
        }
        return null;
    }

    private long untilSetupDeadline(long now) {
        long total = begun + deadlines.total().toNanos() - now;
        long ofStep = stepBegun + deadlines.step().toNanos() - now;
        return Math.min(total, ofStep);
    }

    private long interval() {
        Duration shortest = settings.frameTimeout().compareTo(settings.slowPeerLimit()) < 0
                ? settings.frameTimeout()
                : settings.slowPeerLimit();
        long nanos = settings.readIdleLimit()
                .map(idle -> Math.min(idle.toNanos(), shortest.toNanos()))
                .orElse(shortest.toNanos());
        return Math.max(nanos / 4, SHORTEST_INTERVAL);
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }
}
