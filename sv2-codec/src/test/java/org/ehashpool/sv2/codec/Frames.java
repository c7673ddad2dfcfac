package org.ehashpool.sv2.codec;

import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Protocol;

/** Short ways through the codec for tests, fuzzers and benchmarks. */
public final class Frames {
    private Frames() {}

    /** What is known of that record. */
    public static MessageInfo info(Class<? extends Message> type) {
        return MessageCodec.messages().stream()
                .filter(info -> info.type() == type)
                .findFirst()
                .orElseThrow();
    }

    /** A message's payload. */
    public static byte[] payload(Message message) {
        byte[] payload = new byte[MessageCodec.encodedLength(message)];
        MessageCodec.encode(message, payload, 0);
        return payload;
    }

    /** A message's header and payload. */
    public static byte[] frame(Message message) {
        int length = MessageCodec.encodedLength(message);
        byte[] frame = new byte[FrameHeader.LENGTH + length];
        MessageCodec.encode(message, frame, MessageCodec.header(message, length).write(frame, 0));
        return frame;
    }

    /** Decodes a payload as that message, where it may be received. */
    public static Received decode(byte[] payload, MessageInfo as) {
        return decode(payload, as, Extensions.NONE);
    }

    /** Decodes a payload as that message, with these extensions negotiated. */
    public static Received decode(byte[] payload, MessageInfo as, Extensions negotiated) {
        Reception reception = receptionOf(as);
        if (!negotiated.isEmpty()) {
            reception = reception.negotiated(negotiated);
        }
        return MessageCodec.decode(reception, header(as, payload.length), payload, 0);
    }

    /** The header of that message with a payload of that length. */
    public static FrameHeader header(MessageInfo info, int length) {
        return new FrameHeader(info.extension(), info.channelMessage(), info.number(), length);
    }

    /** A connection on which that message may be received. */
    public static Reception receptionOf(MessageInfo info) {
        Sender sender = Message.FromClient.class.isAssignableFrom(info.type()) ? Sender.CLIENT : Sender.SERVER;
        Reception setup = Reception.setup(sender, Limits.DEFAULT);
        if (info.type() == Common.SetupConnection.class || Common.SetupReply.class.isAssignableFrom(info.type())) {
            return setup;
        }
        if (Ehash.class.isAssignableFrom(info.type())) {
            return setup.established(Protocol.MINING).negotiated(Extensions.of(Ehash.EXTENSION));
        }
        for (Protocol protocol : Protocol.values()) {
            Reception reception = setup.established(protocol);
            if (MessageRegistry.ALL.of(info.type()).isExpected(reception)) {
                return reception;
            }
        }
        throw new AssertionError(info);
    }
}
