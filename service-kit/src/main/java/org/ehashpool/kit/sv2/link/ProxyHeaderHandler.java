package org.ehashpool.kit.sv2.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the PROXY protocol v2 header that a trusted proxy sends before anything else, and tells who the real peer is. Only
 * installed for trusted addresses: from any other, the same bytes are a bad act 1.
 *
 * @see <a href="https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt">The PROXY protocol, section 2.2</a>
 */
public final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {

    private static final String SIGNATURE = "proxy-signature";
    private static final String DECODER = "proxy-decoder";
    private static final int MAX_TLV_BYTES = 512;

    private final Consumer<Optional<InetSocketAddress>> identified;

    /** @param identified told the peer behind the proxy; empty: the proxy speaks for itself, for instance a health check */
    public ProxyHeaderHandler(Consumer<Optional<InetSocketAddress>> identified) {
        this.identified = identified;
    }

    /** Puts the decoder and its guard and this handler before the named handler. */
    public void addBefore(ChannelPipeline pipeline, String name) {
        pipeline.addBefore(name, SIGNATURE, new Signature());
        pipeline.addBefore(name, DECODER, new HAProxyMessageDecoder(MAX_TLV_BYTES, true));
        pipeline.addBefore(name, Link.PROXY, this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HAProxyMessage header)) {
            ctx.fireChannelRead(message);
            return;
        }
        Optional<InetSocketAddress> peer;
        try {
            peer = peerOf(header);
        } finally {
            header.release();
        }
        identified.accept(peer);
        ctx.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.fireExceptionCaught(cause instanceof DecoderException ? invalid("no PROXY protocol header") : cause);
    }

    private static Optional<InetSocketAddress> peerOf(HAProxyMessage header) {
        if (header.command() == HAProxyCommand.LOCAL) {
            return Optional.empty();
        }
        HAProxyProxiedProtocol protocol = header.proxiedProtocol();
        if (protocol != HAProxyProxiedProtocol.TCP4 && protocol != HAProxyProxiedProtocol.TCP6) {
            throw invalid("the PROXY protocol header is about " + protocol + ", expected TCP");
        }
        return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(header.sourceAddress()), header.sourcePort()));
    }

    private static PeerViolationException invalid(String detail) {
        return new PeerViolationException(CloseReason.PROXY_HEADER_INVALID, detail);
    }

    /** Lets bytes pass that begin with version 2's signature; anything else ends here and does not wait for more. */
    private static final class Signature extends ChannelInboundHandlerAdapter {
        private static final byte[] SIGNATURE_OF_VERSION_2 = {
            0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
        };

        private int seen;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf bytes && !continuesSignature(bytes)) {
                bytes.release();
                throw invalid("no PROXY protocol v2 header");
            }
            ctx.fireChannelRead(message);
            if (seen == SIGNATURE_OF_VERSION_2.length && !ctx.isRemoved()) {
                ctx.pipeline().remove(this);
            }
        }

        private boolean continuesSignature(ByteBuf bytes) {
            int end = Math.min(bytes.readableBytes(), SIGNATURE_OF_VERSION_2.length - seen);
            for (int i = 0; i < end; i++) {
                if (bytes.getByte(bytes.readerIndex() + i) != SIGNATURE_OF_VERSION_2[seen]) {
                    return false;
                }
                seen++;
            }
            return true;
        }
    }
}
