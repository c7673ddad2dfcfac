package org.ehashpool.kit.sv2.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.sv2.codec.FrameHeader;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to frames and back (sections 3.2 and 4.6). In: {@link ByteBuf} to {@link InboundFrame}; out: {@link OutboundFrame}
 * to {@link ByteBuf}; anything else passes.
 *
 * <p>In: a frame that arrived whole is opened in an array of the event loop; only an unfinished one is kept, in an array
 * that grows with what has arrived, within a {@link PartialBudget}, and only after its header was admitted. After {@link LinkSettings#framesPerTurn} frames
 * other connections get their turn.
 *
 * <p>Out: frames are sealed as they come and gathered until the next flush, so that many small ones leave in one write.
 */
final class FrameHandler extends ChannelDuplexHandler {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int BATCH = 16 << 10;
    private static final int FIRST_BATCH = 512;
    private static final int FIRST_PARTIAL = 64;
    private static final byte[] EMPTY = {};
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FrameProtection protection;
    private final FrameAdmission admission;
    private final LinkSettings settings;
    private final LinkCounters counters;
    private final ReadingClock clock;
    private final PartialBudget budget;
    private final InboundFrame view = new InboundFrame();

    private @Nullable FrameHeader header;
    private byte[] partial = EMPTY;
    private int partialLength;
    private int partialReserved;
    private long partialSince = NEVER;

    private @Nullable ArrayDeque<ByteBuf> waiting;
    private boolean paused;
    private boolean continues;
    private boolean failed;
    private int framesThisTurn;
    private long framesPaidAt;

    private @Nullable ByteBuf batch;

    /** Looks at a header before a byte of its payload is kept. */
    @FunctionalInterface
    interface FrameAdmission {
        /** Throws what ends the connection if the frame may not come. */
        void admit(FrameHeader header);
    }

    /**
     * @param clock how long a frame is unfinished is measured by it
     * @param budget what unfinished frames may keep beyond {@link PartialBudget#FREE}
     */
    FrameHandler(
            FrameProtection protection,
            FrameAdmission admission,
            LinkSettings settings,
            LinkCounters counters,
            ReadingClock clock,
            PartialBudget budget) {
        this.protection = protection;
        this.admission = admission;
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
        this.budget = budget;
    }

    /** How long the frame that is being received has been, in nanoseconds while reading; 0 when there is none. */
    long unfinishedNanos(long now) {
        return partialSince == NEVER ? 0 : clock.at(now) - partialSince;
    }

    /** Bytes that are kept of an unfinished frame. */
    int bytesKept() {
        return partial.length;
    }

    /** Stops delivering frames and reading; on the event loop. */
    void pause(ChannelHandlerContext ctx) {
        paused = true;
        ctx.channel().config().setAutoRead(false);
    }

    /** Delivers and reads again; on the event loop. */
    void resume(ChannelHandlerContext ctx) {
        if (paused) {
            paused = false;
            continueLater(ctx);
        }
    }

    /** Drops what waits and what arrives from now on; on the event loop. */
    void discardInbound() {
        failed = true;
        paused = false;
        dropInbound();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        framesPaidAt = now(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        counters.received(bytes.readableBytes());
        if (paused || continues) {
            keepWaiting(bytes);
            return;
        }
        consume(ctx, bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!continues) {
            framesThisTurn = 0;
        }
        ctx.fireChannelReadComplete();
    }

    /** Takes {@code bytes} over: releases them, or keeps them waiting for the next turn. */
    private void consume(ChannelHandlerContext ctx, ByteBuf bytes) {
        boolean kept = false;
        try {
            while (bytes.isReadable() && isOpen(ctx)) {
                if (paused || framesThisTurn >= settings.framesPerTurn()) {
                    kept = true;
                    keepWaiting(bytes);
                    if (!paused) {
                        ctx.channel().config().setAutoRead(false);
                        continueLater(ctx);
                    }
                    return;
                }
                if (!takeFrame(ctx, bytes)) {
                    return;
                }
            }
        } catch (NoiseException e) {
            failed = true;
            throw new PeerViolationException(CloseReason.DECRYPTION_FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            failed = true;
            throw e;
        } finally {
            if (!kept) {
                bytes.release();
            }
        }
    }

    /** Delivers one frame, or keeps what there is of it and returns false. */
    private boolean takeFrame(ChannelHandlerContext ctx, ByteBuf bytes) throws NoiseException {
        FrameHeader current = header;
        if (current == null) {
            byte[] sealed = take(ctx, bytes, protection.headerLength());
            if (sealed.length == 0) {
                return false;
            }
            protection.openHeader(sealed, 0);
            current = FrameHeader.read(sealed, 0);
            admission.admit(current);
            header = current;
        }
        int needed = protection.payloadLength(current.length());
        byte[] payload = EMPTY;
        if (needed > 0) {
            payload = take(ctx, bytes, needed);
            if (payload.length == 0) {
                return false;
            }
            protection.openPayload(payload, 0);
        }
        header = null;
        partialSince = NEVER;
        framesThisTurn++;
        counters.frameReceived();
        pay(ctx);
        ctx.fireChannelRead(view.with(current, payload));
        return true;
    }

    /** An array with the next {@code needed} bytes; empty when they have not all arrived: what has is kept. */
    private byte[] take(ChannelHandlerContext ctx, ByteBuf bytes, int needed) {
        int available = bytes.readableBytes();
        if (partialLength == 0 && available >= needed) {
            byte[] array = Scratch.ofThisThread().inbound(needed);
            bytes.readBytes(array, 0, needed);
            return array;
        }
        int taken = Math.min(available, needed - partialLength);
        reserve(partialLength + taken, needed);
        bytes.readBytes(partial, partialLength, taken);
        partialLength += taken;
        if (partialLength < needed) {
            if (partialSince == NEVER) {
                partialSince = clock.at(now(ctx));
            }
            return EMPTY;
        }
        byte[] whole = partial;
        dropPartial();
        return whole;
    }

    /** Grows with what arrived, never to what was merely announced. */
    private void reserve(int length, int needed) {
        if (partial.length < length) {
            int doubled = Math.max(FIRST_PARTIAL, Math.max(length, 2 * partial.length));
            int capacity = Math.min(needed, doubled);
            charge(capacity);
            partial = Arrays.copyOf(partial, capacity);
        }
    }

    private void charge(int capacity) {
        int more = capacity - PartialBudget.FREE - partialReserved;
        if (more > 0) {
            if (!budget.reserve(more)) {
                throw new PeerViolationException(
                        CloseReason.BUFFERS_EXHAUSTED, "no room for " + capacity + " bytes of an unfinished frame");
            }
            partialReserved += more;
        }
    }

    private void dropPartial() {
        partial = EMPTY;
        partialLength = 0;
        int reserved = partialReserved;
        if (reserved > 0) {
            partialReserved = 0;
            budget.release(reserved);
        }
    }

    private void pay(ChannelHandlerContext ctx) {
        if (settings.framesPerSecond().isPresent()) {
            int rate = settings.framesPerSecond().get();
            long now = now(ctx);
            framesPaidAt = Math.max(framesPaidAt - now, 0) + now + NANOS_PER_SECOND / rate;
            if (framesPaidAt - now > NANOS_PER_SECOND) {
                throw new PeerViolationException(CloseReason.FRAME_RATE, "more than " + rate + " frames per second");
            }
        }
    }

    private void keepWaiting(ByteBuf bytes) {
        ArrayDeque<ByteBuf> queue = waiting;
        if (queue == null) {
            queue = new ArrayDeque<>(2);
            waiting = queue;
        }
        queue.add(bytes);
    }

    private void continueLater(ChannelHandlerContext ctx) {
        if (!continues) {
            continues = true;
            ctx.executor().execute(() -> continueNow(ctx));
        }
    }

    private void continueNow(ChannelHandlerContext ctx) {
        continues = false;
        framesThisTurn = 0;
        ArrayDeque<ByteBuf> queue = waiting;
        waiting = null;
        try {
            while (queue != null && !queue.isEmpty()) {
                if (paused || continues) {
                    requeue(queue);
                    break;
                }
                consume(ctx, queue.remove());
            }
        } catch (RuntimeException e) {
            if (queue != null) {
                queue.forEach(ReferenceCountUtil::release);
            }
            ctx.fireExceptionCaught(e);
            return;
        }
        ctx.fireChannelReadComplete();
        if (waiting == null && !paused && !continues && isOpen(ctx)) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    /** What {@link #consume} put back comes before what was not yet looked at. */
    private void requeue(ArrayDeque<ByteBuf> rest) {
        rest.forEach(this::keepWaiting);
    }

    private boolean isOpen(ChannelHandlerContext ctx) {
        return !failed && ctx.channel().isActive() && !ctx.isRemoved();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws NoiseException {
        if (!(message instanceof OutboundFrame frame)) {
            writeBatch(ctx);
            var _ = ctx.write(message, promise);
            return;
        }
        int length = protection.headerLength() + protection.payloadLength(frame.length() - FrameHeader.LENGTH);
        if (backlog(ctx) + length > settings.writeLimit()) {
            giveUp(ctx, promise);
            return;
        }
        byte[] sealed = Scratch.ofThisThread().outbound(length);
        protection.seal(frame.array(), frame.length(), sealed);
        append(ctx, sealed, length);
        counters.frameSent(length);
        if (!promise.isVoid()) {
            promise.trySuccess();
        }
    }

    private void giveUp(ChannelHandlerContext ctx, ChannelPromise promise) {
        PeerViolationException overflow = new PeerViolationException(
                CloseReason.SLOW_PEER, "more than " + settings.writeLimit() + " bytes wait to be sent");
        if (!promise.isVoid()) {
            promise.tryFailure(overflow);
        }
        ctx.fireExceptionCaught(overflow);
    }

    private void append(ChannelHandlerContext ctx, byte[] sealed, int length) {
        ByteBuf gathered = batch;
        if (gathered != null && gathered.readableBytes() + length > BATCH) {
            writeBatch(ctx);
            gathered = null;
        }
        if (gathered == null) {
            gathered = ctx.alloc().ioBuffer(Math.max(length, FIRST_BATCH));
            batch = gathered;
        }
        gathered.writeBytes(sealed, 0, length);
    }

    private long backlog(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer queued = ctx.channel().unsafe().outboundBuffer();
        ByteBuf gathered = batch;
        return (queued == null ? 0 : queued.totalPendingWriteBytes())
                + (gathered == null ? 0 : gathered.readableBytes());
    }

    private void writeBatch(ChannelHandlerContext ctx) {
        ByteBuf gathered = batch;
        if (gathered != null) {
            batch = null;
            var _ = ctx.write(gathered, ctx.voidPromise());
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        writeBatch(ctx);
        ctx.flush();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        letGo();
        var _ = ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        letGo();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        letGo();
    }

    private void letGo() {
        failed = true;
        protection.close();
        ByteBuf gathered = batch;
        if (gathered != null) {
            batch = null;
            gathered.release();
        }
        dropInbound();
    }

    private void dropInbound() {
        ArrayDeque<ByteBuf> queue = waiting;
        if (queue != null) {
            waiting = null;
            queue.forEach(ReferenceCountUtil::release);
        }
        dropPartial();
        partialSince = NEVER;
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }
}
