package org.ehashpool.translator.downstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.ehashpool.kit.sv2.admission.TokenBucket;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.translator.sv1.MalformedLineException;
import org.ehashpool.translator.sv1.Request;
import org.ehashpool.translator.sv1.RequestReader;
import org.jspecify.annotations.Nullable;

/**
 * From bytes to batches of requests, with everything that bounds them: the length of a line, how often requests and shares
 * may come, how long somebody may take to be authorised, how long there may be none. What ends the connection ends up here.
 */
final class LineHandler extends ChannelInboundHandlerAdapter {
    private static final int FIRST_CAPACITY = 256;

    private final SocketWire wire;
    private final LimitsConfig limits;
    private final Owner owner;
    private final TokenBucket requests;
    private final TokenBucket shares;
    private byte[] partial = new byte[0];
    private int kept;
    private long begun;
    private long lastRequest;
    private @Nullable Future<?> timer;
    private boolean ended;

    /** Who is told. */
    interface Owner {
        /** Requests in the order in which they came; on the connection's event loop. */
        void received(SocketWire wire, List<Request> requests);

        /** The connection is gone. Called once, after everything else. */
        void ended(SocketWire wire);
    }

    LineHandler(SocketWire wire, LimitsConfig limits, Owner owner, long now) {
        this.wire = wire;
        this.limits = limits;
        this.owner = owner;
        this.requests = new TokenBucket(now);
        this.shares = new TokenBucket(now);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        wire.handler(ctx);
        begun = now(ctx);
        lastRequest = begun;
        watch(ctx, Math.min(limits.unauthorized().toNanos(), limits.idle().toNanos()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf buffer) || wire.isEnding()) {
            ReferenceCountUtil.release(message);
            return;
        }
        byte[] bytes;
        try {
            bytes = ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
        List<Request> batch = new ArrayList<>(4);
        boolean sound = read(ctx, bytes, batch);
        if (!batch.isEmpty() && !wire.isSilenced()) {
            wire.batchBegins();
            owner.received(wire, batch);
        }
        if (!sound) {
            kept = 0;
        }
    }

    /** False if the connection was ended by what came; what came before it is still dealt with. */
    private boolean read(ChannelHandlerContext ctx, byte[] bytes, List<Request> batch) {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (!line(ctx, bytes, from, i, batch)) {
                    return false;
                }
                from = i + 1;
            }
        }
        return keep(bytes, from, bytes.length - from);
    }

    private boolean line(ChannelHandlerContext ctx, byte[] bytes, int from, int to, List<Request> batch) {
        if (kept == 0) {
            return !overlong(to - from) && parse(ctx, bytes, from, to - from, batch);
        }
        if (!keep(bytes, from, to - from)) {
            return false;
        }
        int length = kept;
        kept = 0;
        return parse(ctx, partial, 0, length, batch);
    }

    /** Keeps the beginning of a line until its end comes. */
    private boolean keep(byte[] bytes, int from, int length) {
        if (length == 0) {
            return true;
        }
        if (overlong(kept + length)) {
            return false;
        }
        if (kept + length > partial.length) {
            int wanted = Math.max(Math.max(FIRST_CAPACITY, kept + length), 2 * partial.length);
            partial =
                    Arrays.copyOf(partial, (int) Math.min(wanted, limits.line().bytes()));
        }
        System.arraycopy(bytes, from, partial, kept, length);
        kept += length;
        return true;
    }

    private boolean overlong(int length) {
        if (length <= limits.line().bytes()) {
            return false;
        }
        wire.abort(EndReason.LINE_TOO_LONG, "a line of more than " + limits.line());
        return true;
    }

    private boolean parse(ChannelHandlerContext ctx, byte[] bytes, int from, int length, List<Request> batch) {
        int end = from + length;
        // Some send CR LF, and some blank lines.
        if (isBlank(bytes, from, end)) {
            return true;
        }
        Request request;
        try {
            request = RequestReader.read(bytes, from, length);
        } catch (MalformedLineException e) {
            wire.abort(EndReason.MALFORMED_LINE, e.detail());
            return false;
        }
        long now = now(ctx);
        lastRequest = now;
        boolean paid = request instanceof Request.Submit
                ? shares.take(now, limits.sharesPerSecond(), limits.shareBurst())
                : requests.take(now, limits.requestsPerSecond(), limits.requestBurst());
        if (!paid) {
            wire.abort(EndReason.FLOOD, request instanceof Request.Submit ? "too many shares" : "too many requests");
            return false;
        }
        batch.add(request);
        return true;
    }

    private static boolean isBlank(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private void watch(ChannelHandlerContext ctx, long nanos) {
        timer = ctx.executor().schedule(() -> look(ctx), Math.max(nanos, 1), TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        timer = null;
        long now = now(ctx);
        long untilAuthorized = wire.isAuthorized()
                ? Long.MAX_VALUE
                : begun + limits.unauthorized().toNanos() - now;
        long untilIdle = lastRequest + limits.idle().toNanos() - now;
        if (untilAuthorized <= 0) {
            wire.abort(EndReason.UNAUTHORIZED, "nobody authorised within " + limits.unauthorized());
        } else if (untilIdle <= 0) {
            wire.abort(EndReason.IDLE, "nothing received for " + limits.idle());
        } else {
            watch(ctx, Math.min(untilAuthorized, untilIdle));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        Throwable cause = thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown;
        switch (cause) {
            case PeerViolationException violation -> wire.abort(EndReason.of(violation.reason()), violation.detail());
            case IOException io ->
                wire.abort(
                        cause instanceof SSLException ? EndReason.TLS_FAILED : EndReason.CONNECTION_LOST,
                        io.getClass().getSimpleName());
            default -> {
                MinerEvents.bug(wire.id(), cause);
                wire.abort(EndReason.INTERNAL_ERROR, cause.getClass().getSimpleName());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Future<?> armed = timer;
        if (armed != null) {
            armed.cancel(false);
        }
        if (!ended) {
            ended = true;
            partial = new byte[0];
            owner.ended(wire);
        }
        ctx.fireChannelInactive();
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }
}
