package org.ehashpool.translator.downstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tells TLS and plain connections apart by their first byte, which in TLS is the type of a handshake record and no line
 * can begin with. Where there is no TLS, its hello ends the connection at once: bfgminer tries TLS first, and comes back
 * without when it sees that.
 */
final class TlsSwitch extends ChannelInboundHandlerAdapter {
    /** RFC 8446, 5.1: ContentType handshake(22). */
    private static final int HANDSHAKE = 22;

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    private final SocketWire wire;
    private final Optional<SslContext> tls;

    TlsSwitch(SocketWire wire, Optional<SslContext> tls) {
        this.wire = wire;
        this.tls = tls;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            ctx.fireChannelRead(message);
            return;
        }
        if (bytes.getUnsignedByte(bytes.readerIndex()) == HANDSHAKE) {
            if (tls.isEmpty()) {
                bytes.release();
                wire.abort(EndReason.TLS_UNEXPECTED, "a TLS hello, but TLS is not configured");
                return;
            }
            SslHandler handler = tls.get().newHandler(ctx.alloc());
            handler.setHandshakeTimeout(HANDSHAKE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            wire.encrypted();
            ctx.pipeline().addAfter(ctx.name(), "sv1-tls", handler);
        }
        ctx.fireChannelRead(message);
        ctx.pipeline().remove(this);
    }
}
