package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.ExtensionsNegotiation;
import org.ehashpool.sv2.message.JobDeclaration;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.MintQuote;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What we must not send is refused by name, before a peer sees it. */
class InvalidMessageTest {
    static Stream<Arguments> invalid() {
        Text empty = Text.EMPTY;
        return Stream.of(
                Arguments.of(
                        new Common.SetupConnection(300, 2, 2, 0, empty, 0, empty, empty, empty, empty),
                        "SetupConnection protocol: 300 is not within 0 to 255"),
                Arguments.of(
                        new Common.SetupConnection(0, -1, 2, 0, empty, 0, empty, empty, empty, empty),
                        "SetupConnection min_version: -1 is not within 0 to 65535"),
                Arguments.of(
                        new Common.SetupConnectionSuccess(2, 1L << 32),
                        "SetupConnection.Success flags: 4294967296 is not within 0 to 4294967295"),
                Arguments.of(
                        new Common.Reconnect(Text.of("x".repeat(256)), 1),
                        "Reconnect new_host: 256 bytes, at most 255 allowed"),
                Arguments.of(
                        new Mining.SetExtranoncePrefix(1, Bytes.of(new byte[33])),
                        "SetExtranoncePrefix extranonce_prefix: 33 bytes, at most 32 allowed"),
                Arguments.of(
                        new Mining.UpdateChannel(1, Float.NaN, U256.ZERO),
                        "UpdateChannel nominal_hash_rate: NaN is no hash rate"),
                Arguments.of(
                        new Mining.UpdateChannel(1, -1f, U256.ZERO),
                        "UpdateChannel nominal_hash_rate: -1.0 is no hash rate"),
                Arguments.of(
                        new Mining.NewMiningJob(1, 2, OptionalLong.of(-1), 3, U256.ZERO),
                        "NewMiningJob min_ntime: -1 is not within 0 to 4294967295"),
                Arguments.of(
                        new Mining.NewExtendedMiningJob(
                                1,
                                2,
                                OptionalLong.empty(),
                                3,
                                true,
                                Collections.nCopies(256, U256.ZERO),
                                Bytes.EMPTY,
                                Bytes.EMPTY),
                        "NewExtendedMiningJob merkle_path: 256 elements, at most 255 allowed"),
                Arguments.of(
                        new Mining.NewExtendedMiningJob(
                                1, 2, OptionalLong.empty(), 3, true, List.of(), Bytes.of(new byte[65536]), Bytes.EMPTY),
                        "NewExtendedMiningJob coinbase_tx_prefix: 65536 bytes, at most 65535 allowed"),
                Arguments.of(
                        new Mining.SetGroupChannel(1, Collections.nCopies(65536, 1L)),
                        "SetGroupChannel channel_ids: 65536 elements, at most 65535 allowed"),
                Arguments.of(
                        new ExtensionsNegotiation.RequestExtensions(1, List.of(1, 2, 65536)),
                        "RequestExtensions requested_extensions[2]: 65536 is not within 0 to 65535"),
                Arguments.of(
                        new JobDeclaration.AllocateMiningJobTokenSuccess(1, Bytes.of(new byte[256]), Bytes.EMPTY),
                        "AllocateMiningJobToken.Success mining_job_token: 256 bytes, at most 255 allowed"),
                Arguments.of(
                        new Ehash.EhashMints(List.of(new Ehash.Mint(empty, Bytes.of(new byte[33]), empty))),
                        "EhashMints mints[0].public_key: 33 bytes, exactly 32 expected"),
                Arguments.of(
                        new MintQuote.MintIdentify(Bytes.of(new byte[32]), Bytes.of(new byte[63]), empty, List.of(), 1),
                        "MintIdentify signature: 63 bytes, exactly 64 expected"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldNameMessageAndFieldWhenValueDoesNotFit(Message message, String expected) {
        byte[] buffer = new byte[1 << 19];
        assertThatExceptionOfType(InvalidMessageException.class)
                .isThrownBy(() -> MessageCodec.encode(message, buffer, 0))
                .withMessage(expected)
                .satisfies(e -> {
                    assertThat(expected).startsWith(e.messageName() + " " + e.fieldPath() + ": ");
                    assertThat(e.getStackTrace()).isNotEmpty();
                });
    }

    @Test
    void shouldRefuseWhenNoFrameHoldsTheMessage() {
        Bytes half = Bytes.of(new byte[1 << 23]);
        assertThatExceptionOfType(InvalidMessageException.class)
                .isThrownBy(() -> MessageCodec.encodedLength(
                        new JobDeclaration.ProvideMissingTransactionsSuccess(1, List.of(half, half))))
                .withMessage("ProvideMissingTransactions.Success: 16777228 bytes of payload, "
                        + "at most 16777215 in a frame");
    }

    @Test
    void shouldNotOverflowWhenLengthIsBeyondAnInt() {
        List<Bytes> transactions = Collections.nCopies(1000, Bytes.of(new byte[0xff_ffff]));
        assertThatExceptionOfType(InvalidMessageException.class)
                .isThrownBy(() -> MessageCodec.encodedLength(
                        new JobDeclaration.ProvideMissingTransactionsSuccess(1, transactions)))
                .withMessageContaining("16777218006 bytes of payload");
    }
}
