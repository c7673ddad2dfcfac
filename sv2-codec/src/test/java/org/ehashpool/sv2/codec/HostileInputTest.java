package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.JobDeclaration;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.MintQuote;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory stays in proportion to the bytes that were sent, whatever they claim. */
class HostileInputTest {
    /** A boxed U16 takes 16 bytes and two references on its way into a list, for 2 bytes sent. */
    private static final long ALLOCATED_PER_BYTE = 16;
    /** The result or the exception with its text. */
    private static final long ALLOCATED_ALWAYS = 4096;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<MessageInfo> messages() {
        return MessageCodec.messages().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldAllocateInProportionToBytesWhenLargestMessageIsCutShort(MessageInfo info) {
        Message largest = new MessageGenerator(new Random(1)).largest(info.type());
        byte[] payload = Frames.payload(largest);
        assertProportionate(info, payload);
        assertProportionate(info, Arrays.copyOf(payload, Math.max(0, payload.length - 1)));
        assertProportionate(info, Arrays.copyOf(payload, payload.length / 2));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldAllocateInProportionToBytesWhenEverythingClaimsToBeLongest(MessageInfo info) {
        for (int length : new int[] {0, 1, 5, 9, 20, 60, 300, 5_000}) {
            byte[] payload = new byte[length];
            assertProportionate(info, payload);
            Arrays.fill(payload, (byte) 0xff);
            assertProportionate(info, payload);
        }
    }

    static Stream<Arguments> hostileCounts() {
        return Stream.of(
                Arguments.of(Mining.SetGroupChannel.class, "01000000" + "ffff", "channel_ids", 4),
                Arguments.of(Mining.NewExtendedMiningJob.class, "00".repeat(14) + "ff", "merkle_path", 14),
                Arguments.of(JobDeclaration.DeclareMiningJob.class, "00".repeat(13) + "ffff", "wtxid_list", 13),
                Arguments.of(
                        JobDeclaration.ProvideMissingTransactions.class,
                        "01000000" + "ffff" + "0100",
                        "unknown_tx_position_list",
                        4),
                Arguments.of(
                        JobDeclaration.ProvideMissingTransactionsSuccess.class,
                        "01000000" + "ffff" + "ffffff",
                        "transaction_list",
                        4),
                Arguments.of(
                        JobDeclaration.ProvideMissingTransactionsSuccess.class,
                        "01000000" + "0100" + "ffffff",
                        "transaction_list[0]",
                        9),
                Arguments.of(
                        TemplateDistribution.RequestTransactionDataSuccess.class,
                        "00".repeat(8) + "ffff",
                        "excess_data",
                        10),
                Arguments.of(Ehash.EhashMints.class, "ff" + "00".repeat(33), "mints", 0),
                Arguments.of(MintQuote.MintIdentify.class, "00".repeat(97) + "ff", "units", 97));
    }

    @ParameterizedTest
    @MethodSource("hostileCounts")
    void shouldRefuseBeforeAllocatingWhenCountExceedsWhatIsLeft(
            Class<? extends Message> type, String payload, String field, int offset) {
        MessageInfo info = Frames.info(type);
        byte[] bytes = HexFormat.of().parseHex(payload);
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Frames.decode(bytes, info))
                .matches(e -> e.fieldPath().equals(field))
                .matches(e -> e.offset() == offset, "at offset " + offset);
        assertProportionate(info, bytes);
    }

    @Test
    void shouldNotCarryAStackTraceWhenPeerIsWrong() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Frames.decode(new byte[3], Frames.info(Mining.SetTarget.class)))
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    private static void assertProportionate(MessageInfo info, byte[] payload) {
        decodeOrRefuse(info, payload);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decodeOrRefuse(info, payload);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
                .as("allocated for %d bytes of %s", payload.length, info.name())
                .isLessThan(ALLOCATED_ALWAYS + ALLOCATED_PER_BYTE * payload.length);
    }

    private static void decodeOrRefuse(MessageInfo info, byte[] payload) {
        try {
            assertThat(Frames.decode(payload, info)).isInstanceOf(Decoded.class);
        } catch (MalformedMessageException e) {
            assertThat(e.messageName()).isEqualTo(info.name());
        }
    }
}
