package org.ehashpool.kit.sv2.link;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.ByteOrder;
import java.util.List;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Tlv;

/**
 * Frames to messages and back. In: {@link InboundFrame} to {@link org.ehashpool.sv2.codec.Received}; out: {@link Message}
 * or {@link OutboundMessage} to {@link OutboundFrame}; anything else passes.
 *
 * <p>What may arrive is the {@link Reception}'s to say; the connection replaces it as its setup proceeds.
 */
public final class MessageHandler extends ChannelDuplexHandler {

    private Reception reception;
    private ByteOrder tlvOrder;

    /**
     * @param reception what may be received at first
     * @param tlvOrder the byte order in which the peer wants TLVs
     */
    public MessageHandler(Reception reception, ByteOrder tlvOrder) {
        this.reception = reception;
        this.tlvOrder = tlvOrder;
    }

    /** What may be received now. */
    public Reception reception() {
        return reception;
    }

    /** From the next frame on; on the event loop. */
    public void reception(Reception next) {
        reception = next;
    }

    /** The byte order of TLVs from the next message on; on the event loop. */
    public void tlvOrder(ByteOrder order) {
        tlvOrder = order;
    }

    /** Judges a frame by its header, before its payload is kept. */
    void admit(FrameHeader header) {
        int limit = payloadLimit(reception);
        if (header.length() > limit) {
            throw new PeerViolationException(
                    CloseReason.FRAME_TOO_LARGE,
                    "a payload of " + header.length() + " bytes, at most " + limit + " may come " + reception);
        }
        MessageCodec.admit(reception, header);
    }

    /** The largest payload that may come in this phase, whatever the message. */
    static int payloadLimit(Reception reception) {
        Limits limits = reception.limits();
        return reception
                .protocol()
                .map(protocol -> switch (protocol) {
                    case MINING -> limits.mining();
                    case JOB_DECLARATION -> limits.jobDeclaration();
                    case TEMPLATE_DISTRIBUTION -> limits.templateDistribution();
                    case MINT_QUOTE -> limits.mintQuote();
                })
                .orElse(limits.setup());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof InboundFrame frame) {
            ctx.fireChannelRead(MessageCodec.decode(reception, frame.header(), frame.payload(), 0));
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        switch (message) {
            case Message plain -> encode(ctx, plain, List.of(), promise);
            case OutboundMessage(Message extended, List<Tlv> tlvs) -> encode(ctx, extended, tlvs, promise);
            case null, default -> {
                var _ = ctx.write(message, promise);
            }
        }
    }

    private void encode(ChannelHandlerContext ctx, Message message, List<Tlv> tlvs, ChannelPromise promise) {
        int length = MessageCodec.encodedLength(message, tlvs);
        Scratch.Frame frame = Scratch.ofThisThread().frame(FrameHeader.LENGTH + length);
        try {
            MessageCodec.header(message, length).write(frame.array(), 0);
            MessageCodec.encode(message, tlvs, tlvOrder, frame.array(), FrameHeader.LENGTH);
            var _ = ctx.write(frame, promise);
        } finally {
            frame.release();
        }
    }
}
