package org.ehashpool.sv2.codec;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.ehashpool.sv2.codec.MessageRegistry.Entry;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.type.Bytes;
import org.jspecify.annotations.Nullable;

/** Frames and messages, both ways. Stateless: what depends on the connection is passed in. */
public final class MessageCodec {
    private static final MessageRegistry REGISTRY = MessageRegistry.ALL;
    private static final int CHANNEL_ID_LENGTH = 4;

    private MessageCodec() {}

    /** All messages. */
    public static List<MessageInfo> messages() {
        return REGISTRY.infos();
    }

    /** What is known of that message's type. */
    public static MessageInfo info(Message message) {
        return REGISTRY.of(message.getClass()).info();
    }

    /**
     * Judges a frame by its header, before its payload is buffered or deciphered.
     *
     * @throws UnexpectedMessageException if its sender must not send it now
     * @throws MalformedMessageException if the {@code channel_msg} bit is wrong for it, or its length beyond the limits
     */
    public static void admit(Reception reception, FrameHeader header) {
        find(reception, header);
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
        Entry entry = find(reception, header);
        int length = header.length();
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (entry == null) {
            return new UnknownExtension(header, Bytes.copyOf(buffer, offset, length));
        }
        Input in = new Input(buffer, offset, length);
        try {
            Message message = (Message) entry.codec().read(in);
            return new Decoded(
                    message,
                    TlvTail.read(buffer, offset, offset + in.offset(), offset + length, reception.negotiated()));
        } catch (FieldException e) {
            throw new MalformedMessageException(entry.info().name(), e.path(), e.offset(), e.reason());
        }
    }

    /** The message's place, or null if it belongs to an unknown extension. */
    private static @Nullable Entry find(Reception reception, FrameHeader header) {
        int extension = header.extensionType();
        if (!reception.knows(extension) || !REGISTRY.hasExtension(extension)) {
            admitUnknownExtension(reception, header);
            return null;
        }
        Entry entry = REGISTRY.find(extension, header.messageType());
        if (entry == null) {
            throw new UnexpectedMessageException(number(header), header, reception);
        }
        MessageInfo info = entry.info();
        if (!entry.isExpected(reception)) {
            throw new UnexpectedMessageException(info.name(), header, reception);
        }
        if (info.channelMessage() != header.channelMessage()) {
            throw malformedFrame(
                    info.name(), "channel_msg bit " + (header.channelMessage() ? "set" : "not set") + " in the header");
        }
        long longest = Math.min(
                reception.maximumPayload(),
                entry.codec().maximumLength() + reception.limits().tail());
        if (header.length() > longest) {
            throw malformedFrame(info.name(), header.length() + " bytes of payload, at most " + longest + " allowed");
        }
        return entry;
    }

    private static void admitUnknownExtension(Reception reception, FrameHeader header) {
        // Of SetupConnection: "This MUST be the first message sent by the client on the newly opened connection."
        if (reception.protocol().isEmpty() && reception.sender() == Sender.CLIENT) {
            throw new UnexpectedMessageException(number(header), header, reception);
        }
        if (header.channelMessage() && !reception.hasChannels()) {
            throw malformedFrame(number(header), "channel_msg bit set where there are no channels");
        }
        int longest = Math.min(reception.maximumPayload(), reception.limits().unknownExtension());
        if (header.length() > longest) {
            throw malformedFrame(
                    number(header), header.length() + " bytes of payload, at most " + longest + " allowed");
        }
        if (header.channelMessage() && header.length() < CHANNEL_ID_LENGTH) {
            throw malformedFrame(number(header), "channel_msg bit set, but no channel_id");
        }
    }

    private static MalformedMessageException malformedFrame(String name, String reason) {
        return new MalformedMessageException(name, "", 0, reason);
    }

    private static String number(FrameHeader header) {
        return "message 0x%02x of extension 0x%04x".formatted(header.messageType(), header.extensionType());
    }

    /**
     * The exact number of bytes that {@link #encode(Message, byte[], int)} writes; the header not counted.
     *
     * @throws InvalidMessageException if no frame can hold them
     */
    public static int encodedLength(Message message) {
        return encodedLength(message, List.of());
    }

    /**
     * The exact number of bytes of the payload with these TLVs after it.
     *
     * @throws InvalidMessageException if no frame can hold them
     */
    public static int encodedLength(Message message, List<Tlv> tlvs) {
        Entry entry = REGISTRY.of(message.getClass());
        long length = entry.codec().length(message) + TlvTail.length(tlvs);
        if (length > FrameHeader.MAXIMUM_PAYLOAD) {
            throw new InvalidMessageException(
                    entry.info().name(),
                    "",
                    length + " bytes of payload, at most " + FrameHeader.MAXIMUM_PAYLOAD + " in a frame");
        }
        return (int) length;
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
        Entry entry = REGISTRY.of(message.getClass());
        Output out = new Output(buffer, offset);
        try {
            entry.codec().write(message, out);
            return tlvs.isEmpty() ? out.position() : TlvTail.write(tlvs, tlvOrder, buffer, offset, out.position());
        } catch (FieldException e) {
            throw new InvalidMessageException(entry.info().name(), e.path(), e.reason());
        }
    }
}
