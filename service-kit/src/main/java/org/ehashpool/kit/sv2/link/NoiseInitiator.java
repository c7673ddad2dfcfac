package org.ehashpool.kit.sv2.link;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.ehashpool.noise.handshake.AwaitingAct2;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.Responder;
import org.jspecify.annotations.Nullable;

/** The handshake of the side that dials (4.5). Begins when it is added to the pipeline of an active channel. */
final class NoiseInitiator extends NoiseHandler {

    private final Initiator initiator;
    private final LongSupplier epochSeconds;
    private @Nullable AwaitingAct2 awaiting;

    NoiseInitiator(
            Initiator initiator,
            LongSupplier epochSeconds,
            HandshakeWorkers workers,
            Function<FrameProtection, FrameHandler> frames) {
        super(Responder.ACT2_LENGTH, workers, frames);
        this.initiator = initiator;
        this.epochSeconds = epochSeconds;
    }

    /** A responder may send frames right behind act 2. */
    @Override
    boolean mayBeFollowed() {
        return true;
    }

    /** Sends act 1; on the event loop, once. */
    void begin(ChannelHandlerContext ctx) {
        compute(ctx, initiator::start, this::sendAct1);
    }

    private void sendAct1(ChannelHandlerContext ctx, AwaitingAct2 state) {
        awaiting = state;
        var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(state.act1()));
    }

    @Override
    void actReceived(ChannelHandlerContext ctx, byte[] act2) {
        AwaitingAct2 state = awaiting;
        awaiting = null;
        if (state == null) {
            throw new PeerViolationException(CloseReason.HANDSHAKE_FAILED, "act 2 came before act 1 was sent");
        }
        compute(ctx, () -> state.finish(act2, epochSeconds.getAsLong()), this::establish);
    }

    @Override
    void letGo() {
        super.letGo();
        AwaitingAct2 state = awaiting;
        awaiting = null;
        if (state != null) {
            state.close();
        }
    }
}
