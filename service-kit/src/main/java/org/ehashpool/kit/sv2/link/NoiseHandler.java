package org.ehashpool.kit.sv2.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.handshake.Established;
import org.ehashpool.sv2.type.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What both sides of the handshake share: reads exactly one act, computes on a worker while nothing is read, and gives way
 * to a {@link FrameHandler} when the session stands. Fires {@link SessionEstablished}.
 */
abstract sealed class NoiseHandler extends ChannelInboundHandlerAdapter permits NoiseResponder, NoiseInitiator {

    private final HandshakeWorkers workers;
    private final Function<FrameProtection, FrameHandler> frames;
    private final byte[] act;
    private int received;
    private boolean computing;
    private volatile boolean gone;
    private @Nullable ByteBuf early;

    /**
     * @param actLength bytes of the act that the peer sends
     * @param workers where the curve work is done
     * @param frames makes the handler that takes over
     */
    NoiseHandler(int actLength, HandshakeWorkers workers, Function<FrameProtection, FrameHandler> frames) {
        this.act = new byte[actLength];
        this.workers = workers;
        this.frames = frames;
    }

    /** Work for a worker: whatever of the handshake needs the curve. */
    @FunctionalInterface
    interface Work<T extends AutoCloseable> {
        T compute() throws NoiseException;
    }

    /** What to do with the result, back on the event loop. */
    @FunctionalInterface
    interface Continuation<T> {
        void proceed(ChannelHandlerContext ctx, T result);
    }

    /** The act has arrived whole. */
    abstract void actReceived(ChannelHandlerContext ctx, byte[] whole);

    /** Whether the peer may send frames right behind its act. */
    abstract boolean mayBeFollowed();

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        try {
            if (received == act.length) {
                keepEarly(bytes);
                return;
            }
            int taken = Math.min(bytes.readableBytes(), act.length - received);
            bytes.readBytes(act, received, taken);
            received += taken;
            if (received == act.length) {
                if (bytes.isReadable()) {
                    keepEarly(bytes);
                }
                actReceived(ctx, act);
            }
        } finally {
            bytes.release();
        }
    }

    /** One buffer that was read together with the act; nothing more is read until the handshake is done. */
    private void keepEarly(ByteBuf bytes) {
        if (!mayBeFollowed() || early != null) {
            throw new PeerViolationException(
                    CloseReason.HANDSHAKE_FAILED, "more than the " + act.length + " bytes of the handshake were sent");
        }
        early = bytes.retain();
    }

    /** Computes on a worker, with reading suspended, then goes on here unless the connection has ended. */
    final <T extends AutoCloseable> void compute(ChannelHandlerContext ctx, Work<T> work, Continuation<T> then) {
        computing = true;
        ctx.channel().config().setAutoRead(false);
        boolean accepted = workers.offer(() -> computeOnWorker(ctx, work, then));
        if (!accepted) {
            throw new PeerViolationException(CloseReason.HANDSHAKES_BUSY, "no room for another handshake");
        }
    }

    private <T extends AutoCloseable> void computeOnWorker(
            ChannelHandlerContext ctx, Work<T> work, Continuation<T> then) {
        if (gone) {
            return;
        }
        try {
            T result = work.compute();
            backOnLoop(ctx, () -> deliver(ctx, result, then), () -> discard(result));
        } catch (NoiseException e) {
            PeerViolationException violation = violation(e);
            backOnLoop(ctx, () -> fail(ctx, violation), () -> {});
        } catch (RuntimeException | LinkageError e) {
            backOnLoop(ctx, () -> fail(ctx, e), () -> {});
        }
    }

    /** Where the event loops have stopped meanwhile, nobody waits for the result. */
    private static void backOnLoop(ChannelHandlerContext ctx, Runnable action, Runnable stopped) {
        try {
            ctx.executor().execute(action);
        } catch (RejectedExecutionException e) {
            stopped.run();
        }
    }

    private <T extends AutoCloseable> void deliver(ChannelHandlerContext ctx, T result, Continuation<T> then) {
        if (gone) {
            discard(result);
            return;
        }
        computing = false;
        then.proceed(ctx, result);
        if (!computing && !gone) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (!gone) {
            ctx.fireExceptionCaught(cause);
        }
    }

    /** Keys of a handshake that nobody waits for any more. */
    private static void discard(AutoCloseable result) {
        try {
            result.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing an unused handshake failed", e);
        }
    }

    /** The session stands: frames from here on. */
    final void establish(ChannelHandlerContext ctx, Established session) {
        gone = true;
        FrameHandler handler = frames.apply(new NoiseFrames(session));
        ctx.pipeline().addAfter(ctx.name(), Link.FRAMES, handler);
        ctx.pipeline()
                .fireUserEventTriggered(new SessionEstablished(Bytes.of(session.handshakeHash()), session.server()));
        ctx.channel().config().setAutoRead(true);
        ByteBuf followed = early;
        early = null;
        if (followed != null) {
            ctx.fireChannelRead(followed);
            ctx.fireChannelReadComplete();
        }
        ctx.pipeline().remove(this);
    }

    private static PeerViolationException violation(NoiseException e) {
        CloseReason reason =
                switch (e.reason()) {
                    case UNKNOWN_CERTIFICATE_VERSION,
                            MALFORMED_SIGNATURE,
                            WRONG_AUTHORITY,
                            CERTIFICATE_NOT_YET_VALID,
                            CERTIFICATE_EXPIRED -> CloseReason.CERTIFICATE_REFUSED;
                    case MALFORMED_MESSAGE, DECRYPTION_FAILED, NONCES_EXHAUSTED, CIPHER_CLOSED ->
                        CloseReason.HANDSHAKE_FAILED;
                };
        return new PeerViolationException(
                reason, Optional.ofNullable(e.getMessage()).orElse(e.reason().name()));
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

    /** Gives up what is under way. */
    void letGo() {
        gone = true;
        ReferenceCountUtil.release(early);
        early = null;
    }
}
