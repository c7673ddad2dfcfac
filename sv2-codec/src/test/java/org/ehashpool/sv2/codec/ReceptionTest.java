package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.ExtensionsNegotiation;
import org.ehashpool.sv2.message.JobDeclaration;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.MintQuote;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptionTest {
    private static final Reception SETUP = Reception.setup(Sender.CLIENT, Limits.DEFAULT);
    private static final Reception SETUP_REPLY = Reception.setup(Sender.SERVER, Limits.DEFAULT);
    private static final Reception MINER = SETUP.established(Protocol.MINING);
    private static final Reception POOL = SETUP_REPLY.established(Protocol.MINING);

    @Test
    void shouldAdmitOnlySetupConnectionWhenClientSetsUp() {
        assertThat(admitted(SETUP)).containsExactly("SetupConnection");
    }

    @Test
    void shouldAdmitOnlyItsAnswersWhenServerSetsUp() {
        assertThat(admitted(SETUP_REPLY)).containsExactly("SetupConnection.Error", "SetupConnection.Success");
    }

    @Test
    void shouldAdmitExactlyTheMessagesOfTheSubProtocolAndSender() {
        assertThat(admitted(MINER))
                .isEqualTo(names(
                        Mining.FromClient.class,
                        ExtensionsNegotiation.FromClient.class,
                        Common.ChannelEndpointChanged.class));
        assertThat(admitted(POOL))
                .isEqualTo(names(
                        Mining.FromServer.class,
                        ExtensionsNegotiation.FromServer.class,
                        Common.ChannelEndpointChanged.class,
                        Common.Reconnect.class));
        assertThat(admitted(SETUP.established(Protocol.JOB_DECLARATION)))
                .isEqualTo(names(JobDeclaration.FromClient.class, ExtensionsNegotiation.FromClient.class));
        assertThat(admitted(SETUP_REPLY.established(Protocol.TEMPLATE_DISTRIBUTION)))
                .isEqualTo(names(
                        TemplateDistribution.FromServer.class,
                        ExtensionsNegotiation.FromServer.class,
                        Common.Reconnect.class));
        assertThat(admitted(SETUP.established(Protocol.MINT_QUOTE))).isEqualTo(names(MintQuote.FromClient.class));
        assertThat(admitted(SETUP_REPLY.established(Protocol.MINT_QUOTE)))
                .isEqualTo(names(MintQuote.FromServer.class, Common.Reconnect.class));
        assertThat(admitted(POOL.negotiated(Extensions.of(Ehash.EXTENSION))))
                .isEqualTo(names(
                        Mining.FromServer.class,
                        ExtensionsNegotiation.FromServer.class,
                        Ehash.class,
                        Common.ChannelEndpointChanged.class,
                        Common.Reconnect.class));
    }

    @Test
    void shouldSayWhatIsUnexpectedAndWhereBeforePayloadIsThere() {
        FrameHeader header = Frames.header(Frames.info(TemplateDistribution.NewTemplate.class), 1 << 20);
        assertThatExceptionOfType(UnexpectedMessageException.class)
                .isThrownBy(() -> MessageCodec.admit(MINER, header))
                .withMessage("unexpected NewTemplate from client on Mining connection")
                .satisfies(e -> {
                    assertThat(e.messageName()).isEqualTo("NewTemplate");
                    assertThat(e.header()).isEqualTo(header);
                    assertThat(e.getStackTrace()).isEmpty();
                });
        assertThatExceptionOfType(UnexpectedMessageException.class)
                .isThrownBy(() -> MessageCodec.admit(SETUP, header))
                .withMessage("unexpected NewTemplate from client during setup");
    }

    @Test
    void shouldRefuseBeforeDecodingWhenMessageIsUnexpected() {
        assertThatExceptionOfType(UnexpectedMessageException.class)
                .isThrownBy(() -> MessageCodec.decode(
                        MINER, Frames.header(Frames.info(Mining.SetTarget.class), 3), new byte[3], 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x05, 0x1e, 0x26, 0xff})
    void shouldRefuseAsUnexpectedWhenCoreMessageNumberIsUnknown(int number) {
        for (boolean channel : new boolean[] {false, true}) {
            assertThatExceptionOfType(UnexpectedMessageException.class)
                    .isThrownBy(() -> MessageCodec.admit(MINER, new FrameHeader(0, channel, number, 8)))
                    .withMessage("unexpected message 0x%02x of extension 0x0000 from client on Mining connection"
                            .formatted(number));
        }
    }

    @Test
    void shouldRefuseAsUnexpectedWhenNegotiatedExtensionHasNoSuchMessage() {
        Reception negotiated = POOL.negotiated(Extensions.of(Ehash.EXTENSION));
        assertThatExceptionOfType(UnexpectedMessageException.class)
                .isThrownBy(() -> MessageCodec.admit(negotiated, new FrameHeader(Ehash.EXTENSION, true, 0xc9, 8)));
        assertThatExceptionOfType(UnexpectedMessageException.class)
                .isThrownBy(() -> MessageCodec.admit(negotiated, new FrameHeader(Ehash.EXTENSION, false, 0x83, 8)))
                .withMessage("unexpected MintQuoteRequest from server on Mining connection");
    }

    @Test
    void shouldRefuseAsMalformedWhenChannelBitIsWrong() {
        for (MessageInfo info : MessageCodec.messages()) {
            Reception reception = Frames.receptionOf(info);
            FrameHeader flipped = new FrameHeader(info.extension(), !info.channelMessage(), info.number(), 64);
            assertThatExceptionOfType(MalformedMessageException.class)
                    .isThrownBy(() -> MessageCodec.admit(reception, flipped))
                    .withMessage("malformed %s: at offset 0: channel_msg bit %s in the header"
                            .formatted(info.name(), info.channelMessage() ? "not set" : "set"));
        }
    }

    @Test
    void shouldDiscardWhenExtensionIsUnknownAndMessageIsLocal() {
        byte[] payload = {1, 2, 3};
        FrameHeader header = new FrameHeader(0x4abc, false, 0x10, payload.length);
        assertThat(MessageCodec.decode(MINER, header, payload, 0))
                .isEqualTo(new UnknownExtension(header, Bytes.of(payload)))
                .matches(received -> !((UnknownExtension) received).forwardable());
    }

    @Test
    void shouldForwardByChannelWhenExtensionIsUnknownAndChannelBitIsSet() {
        byte[] payload = {(byte) 0xff, 4, 3, 2, 1, 9};
        FrameHeader header = new FrameHeader(0x4abc, true, 0x10, 5);
        UnknownExtension unknown = (UnknownExtension) MessageCodec.decode(MINER, header, payload, 1);
        assertThat(unknown.forwardable()).isTrue();
        assertThat(unknown.channelId()).isEqualTo(0x01020304L);
        assertThat(unknown.payload()).isEqualTo(Bytes.of((byte) 4, (byte) 3, (byte) 2, (byte) 1, (byte) 9));
    }

    @Test
    void shouldTreatExtensionAsUnknownWhenItIsNotNegotiated() {
        MessageInfo info = Frames.info(Ehash.EhashQuoteFailed.class);
        Message message = new MessageGenerator(new Random(1)).random(Ehash.EhashQuoteFailed.class);
        byte[] payload = Frames.payload(message);
        FrameHeader header = Frames.header(info, payload.length);
        assertThat(MessageCodec.decode(POOL, header, payload, 0)).isInstanceOf(UnknownExtension.class);
        assertThat(MessageCodec.decode(POOL.negotiated(Extensions.of(Ehash.EXTENSION)), header, payload, 0))
                .isEqualTo(new Decoded(message, List.of()));
    }

    @Test
    void shouldIgnoreChannelBitInExtensionLookup() {
        Reception negotiated = POOL.negotiated(Extensions.of(Ehash.EXTENSION));
        byte[] wire = {0x48, (byte) 0xc5, (byte) 0xc0, 100, 0, 0};
        assertThatCode(() -> MessageCodec.admit(negotiated, FrameHeader.read(wire, 0)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldTreatMessagesOfTlvOnlyExtensionAsUnknown() {
        FrameHeader header = new FrameHeader(0x0002, false, 0x00, 0);
        assertThat(MessageCodec.decode(MINER.negotiated(Extensions.of(0x0002)), header, new byte[0], 0))
                .isInstanceOf(UnknownExtension.class);
    }

    @Test
    void shouldRefuseAsMalformedWhenUnknownChannelMessageHasNoChannelId() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> MessageCodec.admit(MINER, new FrameHeader(0x4abc, true, 0x10, 3)))
                .withMessage("malformed message 0x10 of extension 0x4abc: at offset 0: "
                        + "channel_msg bit set, but no channel_id");
    }

    @ParameterizedTest
    @EnumSource(value = Protocol.class, names = "MINING", mode = EnumSource.Mode.EXCLUDE)
    void shouldRefuseUnknownChannelMessageWhenProtocolHasNoChannels(Protocol protocol) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(
                        () -> MessageCodec.admit(SETUP.established(protocol), new FrameHeader(0x4abc, true, 0x10, 8)));
    }

    @Test
    void shouldTakeNothingButSetupConnectionFirstFromClient() {
        FrameHeader unknown = new FrameHeader(0x4abc, false, 0x10, 0);
        assertThatExceptionOfType(UnexpectedMessageException.class)
                .isThrownBy(() -> MessageCodec.admit(SETUP, unknown));
        assertThat(MessageCodec.decode(SETUP_REPLY, unknown, new byte[0], 0)).isInstanceOf(UnknownExtension.class);
    }

    @Test
    void shouldRefuseByHeaderWhenPayloadIsBeyondTheLimit() {
        Limits limits = new Limits(100, 200, 300, 400, 500, 50, 10);
        Reception setup = Reception.setup(Sender.CLIENT, limits);
        Reception mining = setup.established(Protocol.MINING);
        assertLongest(setup, Frames.info(Common.SetupConnection.class), 100);
        assertLongest(mining, Frames.info(Mining.SetCustomMiningJob.class), 200);
        assertLongest(mining, Frames.info(Mining.SubmitSharesStandard.class), 24 + 10);
        assertLongest(mining, Frames.info(Mining.SubmitSharesExtended.class), 24 + 33 + 10);
        assertLongest(
                setup.established(Protocol.JOB_DECLARATION), Frames.info(JobDeclaration.DeclareMiningJob.class), 300);
        assertLongest(
                setup.established(Protocol.TEMPLATE_DISTRIBUTION),
                Frames.info(TemplateDistribution.SubmitSolution.class),
                400);
        assertLongest(setup.established(Protocol.MINT_QUOTE), Frames.info(MintQuote.MintIdentify.class), 500);
        assertThatCode(() -> MessageCodec.admit(mining, new FrameHeader(0x4abc, true, 1, 50)))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> MessageCodec.admit(mining, new FrameHeader(0x4abc, true, 1, 51)))
                .withMessageEndingWith("51 bytes of payload, at most 50 allowed");
    }

    @Test
    void shouldAdmitEveryMessageOfLargestSizeByDefault() {
        for (MessageInfo info : MessageCodec.messages()) {
            int longest = (int) Math.min(RecordCodec.of(info.type()).maximumLength(), FrameHeader.MAXIMUM_PAYLOAD);
            assertThatCode(() -> MessageCodec.admit(Frames.receptionOf(info), Frames.header(info, longest)))
                    .as(info.name())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void shouldThrowNothingButViolationsWhenFramesAreRandom() {
        Random random = new Random(9);
        List<Reception> receptions = new ArrayList<>();
        for (Sender sender : Sender.values()) {
            Reception setup = Reception.setup(sender, Limits.DEFAULT);
            receptions.add(setup);
            for (Protocol protocol : Protocol.values()) {
                receptions.add(setup.established(protocol));
                receptions.add(setup.established(protocol).negotiated(Extensions.of(2, Ehash.EXTENSION)));
            }
        }
        int received = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] payload = new byte[random.nextInt(80)];
            random.nextBytes(payload);
            int extension = new int[] {0, 0, 1, 2, Ehash.EXTENSION, random.nextInt(0x8000)}[random.nextInt(6)];
            FrameHeader header = new FrameHeader(extension, random.nextBoolean(), random.nextInt(256), payload.length);
            try {
                Reception reception = receptions.get(random.nextInt(receptions.size()));
                assertThat(MessageCodec.decode(reception, header, payload, 0)).isNotNull();
                received++;
            } catch (ProtocolViolationException e) {
                assertThat(e.getMessage()).startsWith(e instanceof MalformedMessageException ? "malformed " : "unexp");
            }
        }
        assertThat(received).isBetween(1_000, 99_000);
    }

    private static void assertLongest(Reception reception, MessageInfo info, int longest) {
        assertThatCode(() -> MessageCodec.admit(reception, Frames.header(info, longest)))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> MessageCodec.admit(reception, Frames.header(info, longest + 1)))
                .withMessage("malformed %s: at offset 0: %d bytes of payload, at most %d allowed"
                        .formatted(info.name(), longest + 1, longest));
    }

    private static Set<String> admitted(Reception reception) {
        Set<String> names = new TreeSet<>();
        for (MessageInfo info : MessageCodec.messages()) {
            FrameHeader header = Frames.header(info, 4);
            try {
                if (MessageCodec.decode(reception, header, new byte[4], 0) instanceof Decoded) {
                    names.add(info.name());
                }
            } catch (MalformedMessageException e) {
                // Four bytes are enough to be taken for the message, not to be one.
                if (e.messageName().equals(info.name())) {
                    names.add(info.name());
                }
            } catch (UnexpectedMessageException e) {
                assertThat(e.header()).isEqualTo(header);
            }
        }
        return names;
    }

    @SafeVarargs
    private static Set<String> names(Class<? extends Message>... interfaces) {
        List<String> names = new ArrayList<>();
        for (Class<? extends Message> each : interfaces) {
            MessageRegistry.permitted(each)
                    .forEach(type -> names.add(Frames.info(type).name()));
        }
        return new TreeSet<>(names);
    }
}
