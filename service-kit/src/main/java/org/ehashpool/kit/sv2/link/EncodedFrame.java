package org.ehashpool.kit.sv2.link;

import java.nio.ByteOrder;
import java.util.List;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Tlv;

/** A message encoded once, to be sent on many connections: each only encrypts it. Immutable. */
public final class EncodedFrame implements OutboundFrame {

    private final byte[] frame;

    private EncodedFrame(byte[] frame) {
        this.frame = frame;
    }

    /**
     * Encodes a message without TLVs.
     *
     * @throws org.ehashpool.sv2.codec.InvalidMessageException if a value does not fit its field
     */
    public static EncodedFrame of(Message message) {
        return of(message, List.of(), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Encodes a message.
     *
     * @param tlvs fields of extensions that every receiver negotiated
     * @param tlvOrder byte order of the TLVs' type and length
     * @throws org.ehashpool.sv2.codec.InvalidMessageException if a value does not fit its field
     */
    public static EncodedFrame of(Message message, List<Tlv> tlvs, ByteOrder tlvOrder) {
        int length = MessageCodec.encodedLength(message, tlvs);
        byte[] frame = new byte[FrameHeader.LENGTH + length];
        MessageCodec.header(message, length).write(frame, 0);
        MessageCodec.encode(message, tlvs, tlvOrder, frame, FrameHeader.LENGTH);
        return new EncodedFrame(frame);
    }

    /** A frame that is passed on as it came, or under another channel_id. */
    public static EncodedFrame of(UnknownExtension message) {
        byte[] frame = new byte[FrameHeader.LENGTH + message.payload().length()];
        message.header().write(frame, 0);
        message.payload().copyTo(frame, FrameHeader.LENGTH);
        return new EncodedFrame(frame);
    }

    /** The frame's header. */
    public FrameHeader header() {
        return FrameHeader.read(frame, 0);
    }

    @Override
    public byte[] array() {
        return frame;
    }

    /** Bytes of the plaintext frame, header included. */
    @Override
    public int length() {
        return frame.length;
    }
}
