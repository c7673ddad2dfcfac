package org.ehashpool.fuzz;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.MalformedMessageException;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.ProtocolViolationException;
import org.ehashpool.sv2.codec.Received;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.WorkerTracking;
import org.jspecify.annotations.Nullable;

/**
 * A frame on a connection in one phase: it decodes and survives a round trip, or it is a protocol violation.
 *
 * <p>Input: a byte of bits (who sends, which extensions are negotiated), then the frame. The header's length is put
 * right, because a connection hands the codec as many bytes as the header states; as it came it is only judged.
 */
final class MessageProperty implements Property {
    static final int FROM_SERVER = 1;
    static final int WORKER_TRACKING = 1 << 1;
    static final int EHASH = 1 << 2;

    /** The payload lies at some offset, so that confusing payload and buffer shows. */
    private static final int MARGIN = 3;

    private final @Nullable Protocol protocol;

    /** Of a connection set up for {@code protocol}, or of one before its setup. */
    MessageProperty(@Nullable Protocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public void check(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        Reception reception = reception(in.u8());
        if (in.remaining() < FrameHeader.LENGTH) {
            return;
        }
        FrameHeader stated = FrameHeader.read(in.take(FrameHeader.LENGTH), 0);
        byte[] payload = in.rest();
        admits(reception, stated);
        check(
                reception,
                new FrameHeader(stated.extensionType(), stated.channelMessage(), stated.messageType(), payload.length),
                payload);
    }

    /** The connection that the first byte of the input means. */
    Reception reception(int bits) {
        Reception setup = Reception.setup((bits & FROM_SERVER) == 0 ? Sender.CLIENT : Sender.SERVER, Limits.DEFAULT);
        return protocol == null ? setup : setup.established(protocol).negotiated(extensions(bits));
    }

    private static Extensions extensions(int bits) {
        boolean workerTracking = (bits & WORKER_TRACKING) != 0;
        if ((bits & EHASH) == 0) {
            return workerTracking ? Extensions.of(WorkerTracking.EXTENSION) : Extensions.NONE;
        }
        return workerTracking
                ? Extensions.of(WorkerTracking.EXTENSION, Ehash.EXTENSION)
                : Extensions.of(Ehash.EXTENSION);
    }

    static boolean admits(Reception reception, FrameHeader header) {
        try {
            MessageCodec.admit(reception, header);
            return true;
        } catch (ProtocolViolationException e) {
            return false;
        }
    }

    /** The property for a frame whose header is right about its length. */
    static void check(Reception reception, FrameHeader header, byte[] payload) {
        boolean admitted = admits(reception, header);
        byte[] buffer = new byte[MARGIN + payload.length + MARGIN];
        Arrays.fill(buffer, (byte) 0xa5);
        System.arraycopy(payload, 0, buffer, MARGIN, payload.length);
        Outcome outcome = AllocationBound.within(payload.length, () -> decode(reception, header, buffer));
        switch (outcome) {
            case Accepted(Decoded decoded) -> {
                Property.require(admitted, () -> header + " is not admitted, but decoded");
                checkRoundTrip(reception, header, payload.length, decoded);
            }
            case Accepted(UnknownExtension unknown) -> {
                Property.require(admitted, () -> header + " is not admitted, but taken");
                checkForwarding(unknown, payload);
            }
            case Refused(ProtocolViolationException violation) -> checkViolation(violation, payload.length);
        }
    }

    private sealed interface Outcome {}

    private record Accepted(Received received) implements Outcome {}

    private record Refused(ProtocolViolationException violation) implements Outcome {}

    private static Outcome decode(Reception reception, FrameHeader header, byte[] buffer) {
        try {
            return new Accepted(MessageCodec.decode(reception, header, buffer, MARGIN));
        } catch (ProtocolViolationException e) {
            return new Refused(e);
        }
    }

    private static void checkViolation(ProtocolViolationException violation, int length) {
        Property.require(violation.getStackTrace().length == 0, () -> "a violation with a stack trace");
        if (violation instanceof MalformedMessageException malformed) {
            Property.require(
                    malformed.offset() >= 0 && malformed.offset() <= length,
                    () -> "offset " + malformed.offset() + " in a payload of " + length + " bytes");
        }
    }

    private static void checkRoundTrip(Reception reception, FrameHeader header, int length, Decoded decoded) {
        byte[] encoded = encode(decoded, ByteOrder.LITTLE_ENDIAN);
        Property.require(
                encoded.length <= length, () -> decoded + " grew from " + length + " to " + encoded.length + " bytes");
        FrameHeader again = MessageCodec.header(decoded.message(), encoded.length);
        Property.require(
                again.extensionType() == header.extensionType()
                        && again.messageType() == header.messageType()
                        && again.channelMessage() == header.channelMessage(),
                () -> header + " became " + again);
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            Received second = MessageCodec.decode(reception, again, encode(decoded, order), 0);
            Property.require(
                    second.equals(new Decoded(decoded.message(), ascending(decoded.tlvs()))),
                    () -> decoded + " became " + second + ", TLVs " + order);
        }
    }

    private static byte[] encode(Decoded decoded, ByteOrder order) {
        byte[] encoded = new byte[MessageCodec.encodedLength(decoded.message(), decoded.tlvs())];
        int end = MessageCodec.encode(decoded.message(), decoded.tlvs(), order, encoded, 0);
        Property.require(end == encoded.length, () -> "the length of " + decoded + " is wrong: " + end);
        return encoded;
    }

    /** TLVs are written in ascending order of their extensions, whatever order they came in. */
    private static List<Tlv> ascending(List<Tlv> tlvs) {
        return tlvs.stream()
                .sorted((one, other) ->
                        Integer.compare(one.field().extension(), other.field().extension()))
                .toList();
    }

    private static void checkForwarding(UnknownExtension unknown, byte[] payload) {
        Property.require(
                Arrays.equals(unknown.payload().toByteArray(), payload),
                () -> "the payload of " + unknown + " differs");
        if (unknown.forwardable()) {
            long channel = unknown.channelId();
            UnknownExtension mapped = unknown.withChannelId(channel ^ 0xffff_ffffL);
            Property.require(
                    mapped.channelId() == (channel ^ 0xffff_ffffL)
                            && mapped.withChannelId(channel).equals(unknown),
                    () -> "mapping the channel of " + unknown + " changed more");
        }
    }
}
