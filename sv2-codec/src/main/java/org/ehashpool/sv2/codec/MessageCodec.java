package org.ehashpool.sv2.codec;

import java.nio.ByteOrder;
import java.util.List;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Tlv;

/** Frames and messages, both ways. Stateless: what depends on the connection is passed in. */
public final class MessageCodec {
    private MessageCodec() {}

    /** All messages. */
    public static List<MessageInfo> messages() {
        throw new UnsupportedOperationException();
    }

    /** What is known of that message's type. */
    public static MessageInfo info(Message message) {
        throw new UnsupportedOperationException("" + message);
    }

    /**
     * Judges a frame by its header, before its payload is buffered or deciphered.
     *
     * @throws UnexpectedMessageException if its sender must not send it now
     * @throws MalformedMessageException if the {@code channel_msg} bit is wrong for it, or its length beyond the limits
     */
    public static void admit(Reception reception, FrameHeader header) {
        throw new UnsupportedOperationException("" + reception + header);
    }

    /**
     * Decodes a frame's payload. The header is judged as by {@link #admit}; the result shares no memory with the buffer.
     *
     * @param buffer holds the payload, {@link FrameHeader#length} bytes
     * @param offset where the payload begins
     * @throws ProtocolViolationException if the peer is wrong in any way
     * @throws IndexOutOfBoundsException if the buffer is too short: a bug of the caller
     */
    public static Received decode(Reception reception, FrameHeader header, byte[] buffer, int offset) {
        throw new UnsupportedOperationException("" + reception + header + buffer.length + offset);
    }

    /** The exact number of bytes that {@link #encode(Message, byte[], int)} writes; the header not counted. */
    public static int encodedLength(Message message) {
        return encodedLength(message, List.of());
    }

    /** The exact number of bytes of the payload with these TLVs after it. */
    public static int encodedLength(Message message, List<Tlv> tlvs) {
        throw new UnsupportedOperationException("" + message + tlvs);
    }

    /** The frame header of a message whose payload has that length. */
    public static FrameHeader header(Message message, int encodedLength) {
        MessageInfo info = info(message);
        return new FrameHeader(info.extension(), info.channelMessage(), info.number(), encodedLength);
    }

    /**
     * Writes a message's payload.
     *
     * @return the index after the last byte written
     * @throws InvalidMessageException if a value does not fit its width; the buffer's content is then undefined
     * @throws IndexOutOfBoundsException if it does not fit into the buffer
     */
    public static int encode(Message message, byte[] buffer, int offset) {
        return encode(message, List.of(), ByteOrder.LITTLE_ENDIAN, buffer, offset);
    }

    /**
     * Writes a message's payload and TLVs after it, in ascending order of their extensions.
     *
     * @param tlvOrder byte order of a TLV's type and length
     * @return the index after the last byte written
     * @throws InvalidMessageException if a value does not fit its width; the buffer's content is then undefined
     * @throws IndexOutOfBoundsException if it does not fit into the buffer
     */
    public static int encode(Message message, List<Tlv> tlvs, ByteOrder tlvOrder, byte[] buffer, int offset) {
        throw new UnsupportedOperationException("" + message + tlvs + tlvOrder + buffer.length + offset);
    }
}
