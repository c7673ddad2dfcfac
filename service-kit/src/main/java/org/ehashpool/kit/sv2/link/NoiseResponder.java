package org.ehashpool.kit.sv2.link;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.ehashpool.noise.handshake.Responder;

/** The handshake of the side that listens (4.5). */
final class NoiseResponder extends NoiseHandler {

    private final Responder responder;
    private final LongSupplier epochSeconds;
    private final HandshakePermit permit;

    NoiseResponder(
            Responder responder,
            LongSupplier epochSeconds,
            HandshakePermit permit,
            HandshakeWorkers workers,
            Function<FrameProtection, FrameHandler> frames) {
        super(Responder.ACT1_LENGTH, workers, frames);
        this.responder = responder;
        this.epochSeconds = epochSeconds;
        this.permit = permit;
    }

    /** An initiator has nothing to say before act 2. */
    @Override
    boolean mayBeFollowed() {
        return false;
    }

    @Override
    void actReceived(ChannelHandlerContext ctx, byte[] act1) {
        permit.begin().ifPresent(reason -> {
            throw new PeerViolationException(reason, "too many handshakes are under way");
        });
        compute(ctx, () -> new Answer(responder.respond(act1, epochSeconds.getAsLong())), this::answer);
    }

    private void answer(ChannelHandlerContext ctx, Answer answer) {
        permit.end();
        var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(answer.response().act2()));
        establish(ctx, answer.response().session());
    }

    private record Answer(Responder.Response response) implements AutoCloseable {
        @Override
        public void close() {
            response.session().close();
        }
    }
}
