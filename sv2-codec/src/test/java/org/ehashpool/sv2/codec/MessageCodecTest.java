package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final int ROUNDS = 200;

    static Stream<MessageInfo> messages() {
        return MessageCodec.messages().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldDecodeWhatItEncodedWhenValuesAreRandom(MessageInfo info) {
        MessageGenerator generator = new MessageGenerator(new Random(info.name().hashCode()));
        for (int round = 0; round < ROUNDS; round++) {
            Message message = generator.random(info.type());
            assertThat(Frames.decode(Frames.payload(message), info)).isEqualTo(new Decoded(message, List.of()));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldDecodeWhatItEncodedWhenValuesAreSmallest(MessageInfo info) {
        Message message = new MessageGenerator(new Random(1)).smallest(info.type());
        byte[] payload = Frames.payload(message);
        assertThat(payload).hasSize(RecordCodec.of(info.type()).minimumLength());
        assertThat(Frames.decode(payload, info)).isEqualTo(new Decoded(message, List.of()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldDecodeWhatItEncodedWhenValuesAreLargest(MessageInfo info) {
        Message message = new MessageGenerator(new Random(1)).largest(info.type());
        byte[] payload = Frames.payload(message);
        assertThat(payload)
                .hasSize((int) Math.min(RecordCodec.of(info.type()).maximumLength(), FrameHeader.MAXIMUM_PAYLOAD));
        assertThat(Frames.decode(payload, info)).isEqualTo(new Decoded(message, List.of()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldWriteExactlyTheEncodedLengthWhenBufferIsLarger(MessageInfo info) {
        Message message = new MessageGenerator(new Random(2)).random(info.type());
        int length = MessageCodec.encodedLength(message);
        byte[] buffer = new byte[length + 20];
        Arrays.fill(buffer, (byte) 0x5a);

        assertThat(MessageCodec.encode(message, buffer, 7)).isEqualTo(7 + length);

        assertThat(Arrays.copyOfRange(buffer, 0, 7)).containsOnly(0x5a);
        assertThat(Arrays.copyOfRange(buffer, 7 + length, buffer.length)).containsOnly(0x5a);
        FrameHeader header = MessageCodec.header(message, length);
        assertThat(MessageCodec.decode(Frames.receptionOf(info), header, buffer, 7))
                .isEqualTo(new Decoded(message, List.of()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldRefuseAsMalformedWhenTruncatedAtAnyByte(MessageInfo info) {
        MessageGenerator generator = new MessageGenerator(new Random(3));
        for (int round = 0; round < 5; round++) {
            byte[] payload = Frames.payload(generator.random(info.type()));
            for (int length = 0; length < payload.length; length++) {
                byte[] truncated = Arrays.copyOf(payload, length);
                assertThatExceptionOfType(MalformedMessageException.class)
                        .as("%d of %d bytes", length, payload.length)
                        .isThrownBy(() -> Frames.decode(truncated, info))
                        .matches(e -> e.messageName().equals(info.name()))
                        .matches(e -> !e.fieldPath().isEmpty())
                        .matches(e -> e.offset() >= 0 && e.offset() <= truncated.length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldRefuseAsMalformedWhenAnyByteIsAppended(MessageInfo info) {
        byte[] payload = Frames.payload(new MessageGenerator(new Random(4)).random(info.type()));
        byte[] longer = Arrays.copyOf(payload, payload.length + 1);
        for (int garbage = 0; garbage < 256; garbage++) {
            longer[payload.length] = (byte) garbage;
            assertThatExceptionOfType(MalformedMessageException.class)
                    .isThrownBy(() -> Frames.decode(longer, info))
                    .matches(e -> e.offset() == payload.length);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldThrowNothingButMalformedWhenBytesAreRandom(MessageInfo info) {
        Random random = new Random(5);
        Extensions extensions = Extensions.of(0x0002, 0x4548);
        int decoded = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] payload = new byte[random.nextInt(random.nextInt(1, 400))];
            random.nextBytes(payload);
            try {
                assertThat(Frames.decode(payload, info, extensions)).isInstanceOf(Decoded.class);
                decoded++;
            } catch (MalformedMessageException e) {
                assertThat(e.messageName()).isEqualTo(info.name());
            }
        }
        assertThat(decoded).isLessThan(5_000);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldThrowNothingButMalformedWhenValidBytesAreMutated(MessageInfo info) {
        Random random = new Random(6);
        MessageGenerator generator = new MessageGenerator(random);
        for (int round = 0; round < 1_000; round++) {
            byte[] payload = Frames.payload(generator.random(info.type()));
            for (int i = random.nextInt(3); i >= 0 && payload.length > 0; i--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(Frames.decode(payload, info)).isInstanceOf(Decoded.class);
            } catch (MalformedMessageException e) {
                assertThat(e).hasMessageContaining("malformed " + info.name());
            }
        }
    }

    @Test
    void shouldWriteFieldsLittleEndianInOrder() {
        Message share = new Mining.SubmitSharesExtended(
                0x01020304L, 0xffffffffL, 2, 0x80000000L, 0x65000000L, 0x20000000L, Bytes.fromHex("a1b2c3"));
        assertThat(HexFormat.of().formatHex(Frames.frame(share)))
                .isEqualTo(
                        "00801b1c0000" // extension_type with channel_msg, msg_type, msg_length
                                + "04030201ffffffff0200000000000080"
                                + "0000006500000020"
                                + "03a1b2c3");
    }

    @Test
    void shouldReadOnlyTheLowestBitWhenBoolIsPadded() {
        Mining.NewExtendedMiningJob job =
                new MessageGenerator(new Random(7)).smallest(Mining.NewExtendedMiningJob.class);
        byte[] payload = Frames.payload(job);
        int position = 4 + 4 + 1 + 4;
        for (int bits = 0; bits < 256; bits++) {
            payload[position] = (byte) bits;
            Decoded decoded = (Decoded) Frames.decode(payload, MessageCodec.info(job));
            assertThat(((Mining.NewExtendedMiningJob) decoded.message()).versionRollingAllowed())
                    .isEqualTo((bits & 1) == 1);
        }
    }

    @Test
    void shouldKeepBytesWhenStringIsNotUtf8() {
        Text identity = Text.of(Bytes.fromHex("ff00c328feff0a"));
        Message message = new Mining.UpdateChannelError(1, identity);
        Decoded decoded = (Decoded) Frames.decode(Frames.payload(message), MessageCodec.info(message));
        assertThat(((Mining.UpdateChannelError) decoded.message()).errorCode().bytes())
                .isEqualTo(identity.bytes());
    }

    @Test
    void shouldRefuseWhenOptionHasTwoElements() {
        byte[] payload = HexFormat.of().parseHex("0100000002000000" + "02" + "0000000000000000" + "00".repeat(36));
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Frames.decode(payload, Frames.info(Mining.NewMiningJob.class)))
                .withMessage("malformed NewMiningJob: min_ntime at offset 8: count 2, at most 1 allowed");
    }

    @Test
    void shouldNameMessageFieldOffsetAndReasonWhenElementIsTruncated() {
        byte[] payload = HexFormat.of()
                .parseHex(
                        "01000000" + "02000000" + "00" + "00000020" + "01" + "02" + "11".repeat(32) + "22".repeat(31));
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Frames.decode(payload, Frames.info(Mining.NewExtendedMiningJob.class)))
                .satisfies(e -> {
                    assertThat(e.messageName()).isEqualTo("NewExtendedMiningJob");
                    assertThat(e.fieldPath()).isEqualTo("merkle_path");
                    assertThat(e.offset()).isEqualTo(14);
                    assertThat(e.reason()).isEqualTo("2 elements need 64 bytes or more, 63 left");
                    assertThat(e.getStackTrace()).isEmpty();
                });
    }

    @Test
    void shouldNameTheElementWhenOneOfASequenceIsMalformed() {
        Message message = new Ehash.EhashMints(List.of(
                new Ehash.Mint(Text.of("a"), Bytes.of(new byte[32]), Text.of("hash")),
                new Ehash.Mint(Text.of("b"), Bytes.of(new byte[32]), Text.of("hash"))));
        byte[] payload = Frames.payload(message);
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Frames.decode(Arrays.copyOf(payload, payload.length - 1), MessageCodec.info(message)))
                .satisfies(e -> {
                    assertThat(e.fieldPath()).isEqualTo("mints[1].unit");
                    assertThat(e.offset()).isEqualTo(payload.length - 4);
                    assertThat(e.reason()).isEqualTo("4 bytes needed, 3 left");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000c07f", "0000807f", "000080ff", "000080bf", "010000ff"})
    void shouldRefuseWhenHashRateIsNoNumberOfHashes(String float32) {
        byte[] payload = HexFormat.of().parseHex("01000000" + "00" + float32 + "00".repeat(32));
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Frames.decode(payload, Frames.info(Mining.OpenStandardMiningChannel.class)))
                .matches(e -> e.fieldPath().equals("nominal_hash_rate"))
                .matches(e -> e.offset() == 5);
    }

    @Test
    void shouldSayThatItIsOurBugWhenBufferIsTooShort() {
        FrameHeader header = new FrameHeader(0, false, 0x25, 10);
        Reception reception = Frames.receptionOf(Frames.info(Mining.SetGroupChannel.class));
        assertThatThrownBy(() -> MessageCodec.decode(reception, header, new byte[9], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldThrowIndexOutOfBoundsWhenTargetIsTooShort() {
        Message message = new Common.SetupConnectionSuccess(2, 0);
        assertThatThrownBy(() -> MessageCodec.encode(message, new byte[5], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldEncodeTlvsIntoTheEncodedLength() {
        MessageGenerator generator = new MessageGenerator(new Random(8));
        for (int round = 0; round < ROUNDS; round++) {
            Message message = generator.random(Mining.SubmitSharesExtended.class);
            var tlvs = generator.tlvs();
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                byte[] payload = new byte[MessageCodec.encodedLength(message, tlvs)];
                assertThat(MessageCodec.encode(message, tlvs, order, payload, 0))
                        .isEqualTo(payload.length);
                assertThat(Frames.decode(payload, MessageCodec.info(message), Extensions.of(0x0002, 0x4548)))
                        .isEqualTo(new Decoded(message, tlvs));
            }
        }
    }
}
