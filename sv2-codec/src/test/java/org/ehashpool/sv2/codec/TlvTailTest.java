package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.TlvField;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlvTailTest {
    private static final Mining.SubmitSharesExtended SHARE =
            new Mining.SubmitSharesExtended(1, 2, 3, 4, 5, 6, Bytes.fromHex("0011223344556677"));
    private static final String BASE =
            "01000000" + "02000000" + "03000000" + "04000000" + "05000000" + "06000000" + "08" + "0011223344556677";
    private static final int BASE_LENGTH = BASE.length() / 2;
    private static final Extensions TRACKING = Extensions.of(WorkerTracking.EXTENSION);
    private static final Extensions BOTH = Extensions.of(WorkerTracking.EXTENSION, Ehash.EXTENSION);
    private static final String KEY = "02" + "ab".repeat(32);
    private static final Tlv WORKER = WorkerTracking.userIdentity(Text.of("Worker_001"));
    private static final Tlv LOCKED = Ehash.lockingKey(Bytes.fromHex(KEY));

    /** The example of section 3.4.3 and of extension 0x0002, whose type and length are big-endian. */
    private static final String SPECIFICATION_EXAMPLE = "000201000A576F726B65725F303031";

    /** The same as the reference implementation writes it. */
    private static final String LITTLE_ENDIAN_EXAMPLE = "0200010A00576F726B65725F303031";

    @ParameterizedTest
    @ValueSource(strings = {SPECIFICATION_EXAMPLE, LITTLE_ENDIAN_EXAMPLE})
    void shouldReadBothByteOrdersWhenExtensionIsNegotiated(String tail) {
        Decoded decoded = decode(tail, TRACKING);
        assertThat(decoded.message()).isEqualTo(SHARE);
        assertThat(WorkerTracking.userIdentity(decoded.tlvs())).contains(Text.of("Worker_001"));
        assertThat(Ehash.lockingKey(decoded.tlvs())).isEmpty();
    }

    @Test
    void shouldWriteTheSpecificationsBytesWhenBigEndian() {
        assertThat(encode(List.of(WORKER), ByteOrder.BIG_ENDIAN)).isEqualToIgnoringCase(BASE + SPECIFICATION_EXAMPLE);
    }

    @Test
    void shouldWriteTheReferenceImplementationsBytesWhenLittleEndian() {
        assertThat(encode(List.of(WORKER), ByteOrder.LITTLE_ENDIAN))
                .isEqualToIgnoringCase(BASE + LITTLE_ENDIAN_EXAMPLE);
    }

    @Test
    void shouldWriteAscendingExtensionsWhenGivenInAnyOrder() {
        String ascending = BASE + LITTLE_ENDIAN_EXAMPLE + "4845012100" + KEY;
        assertThat(encode(List.of(LOCKED, WORKER), ByteOrder.LITTLE_ENDIAN)).isEqualToIgnoringCase(ascending);
        assertThat(encode(List.of(WORKER, LOCKED), ByteOrder.LITTLE_ENDIAN)).isEqualToIgnoringCase(ascending);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LITTLE_ENDIAN_EXAMPLE + "4845012100"
                        + "02abababababababababababababababababababababababababababababababab",
                "4845012100" + "02abababababababababababababababababababababababababababababababab"
                        + LITTLE_ENDIAN_EXAMPLE,
                "4548010021" + "02abababababababababababababababababababababababababababababababab"
                        + SPECIFICATION_EXAMPLE
            })
    void shouldReadAllNegotiatedFieldsInAnyOrder(String tail) {
        assertThat(decode(tail, BOTH).tlvs()).containsExactlyInAnyOrder(WORKER, LOCKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {SPECIFICATION_EXAMPLE, LITTLE_ENDIAN_EXAMPLE, "0300ff0000", "0003000001ff" + "0003010000"})
    void shouldSkipFieldsWhenExtensionIsNotNegotiated(String tail) {
        assertThat(decode(tail, Extensions.NONE)).isEqualTo(new Decoded(SHARE, List.of()));
        assertThat(decode(tail, Extensions.of(Ehash.EXTENSION))).isEqualTo(new Decoded(SHARE, List.of()));
    }

    @Test
    void shouldSkipUnnegotiatedFieldAndReadTheOtherWhenBothAreThere() {
        assertThat(decode(LITTLE_ENDIAN_EXAMPLE + "4845012100" + KEY, TRACKING).tlvs())
                .containsExactly(WORKER);
    }

    @Test
    void shouldSkipFieldWhenNegotiatedExtensionDoesNotDefineIt() {
        assertThat(decode("0200990200ffff" + LITTLE_ENDIAN_EXAMPLE, TRACKING).tlvs())
                .containsExactly(WORKER);
    }

    @Test
    void shouldReadEmptyValueWhenLengthIsZero() {
        assertThat(decode("0200010000", TRACKING).tlvs()).containsExactly(new Tlv(TlvField.USER_IDENTITY, Bytes.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "02",
                "0200",
                "020001",
                "02000100",
                "0200010100",
                "02000101",
                "0000000000",
                "0080018000",
                "02000100000",
                "0200010a00576f726b65725f3030",
                "000201000a576f726b65725f303031ff",
                "0000010000",
                "ffffffffffffffff"
            })
    void shouldRefuseWhenTailIsNoTlv(String tail) {
        String even = tail.length() % 2 == 0 ? tail : tail + "1";
        for (Extensions negotiated : List.of(Extensions.NONE, TRACKING, BOTH)) {
            assertThatExceptionOfType(MalformedMessageException.class)
                    .isThrownBy(() -> decode(even, negotiated))
                    .matches(e -> e.offset() == BASE_LENGTH)
                    .matches(e -> e.reason().endsWith("bytes after the last field, which are no TLVs"));
        }
    }

    @Test
    void shouldRefuseMessageWhenFieldIsLongerThanItsExtensionAllows() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> decode("0200012100" + "61".repeat(33), TRACKING))
                .withMessage(
                        "malformed SubmitSharesExtended: user_identity at offset 33: 33 bytes, at most 32 allowed");
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> decode(LITTLE_ENDIAN_EXAMPLE + "4845012200" + KEY + "00", BOTH))
                .matches(e -> e.fieldPath().equals("locking_key") && e.offset() == BASE_LENGTH + 15);
    }

    @Test
    void shouldSkipTooLongFieldWhenItsExtensionIsNotNegotiated() {
        assertThat(decode("4845012200" + KEY + "00", TRACKING).tlvs()).isEmpty();
    }

    @Test
    void shouldRefuseMessageWhenFieldComesTwice() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> decode(LITTLE_ENDIAN_EXAMPLE + LITTLE_ENDIAN_EXAMPLE, TRACKING))
                .withMessage("malformed SubmitSharesExtended: user_identity at offset 48: twice");
    }

    @Test
    void shouldKeepShortLockingKeyForTheReceiverToJudge() {
        assertThat(Ehash.lockingKey(decode("48450102000201", BOTH).tlvs())).contains(Bytes.fromHex("0201"));
    }

    @Test
    void shouldRefuseToEncodeWhenFieldIsTooLongOrTwice() {
        assertThatExceptionOfType(InvalidMessageException.class)
                .isThrownBy(() ->
                        encode(List.of(WorkerTracking.userIdentity(Text.of("x".repeat(33)))), ByteOrder.LITTLE_ENDIAN))
                .withMessage("SubmitSharesExtended user_identity: 33 bytes, at most 32 allowed");
        assertThatExceptionOfType(InvalidMessageException.class)
                .isThrownBy(() -> encode(List.of(WORKER, WORKER), ByteOrder.LITTLE_ENDIAN))
                .withMessage("SubmitSharesExtended user_identity: twice");
    }

    private static Decoded decode(String tail, Extensions negotiated) {
        return (Decoded) Frames.decode(HexFormat.of().parseHex(BASE + tail), MessageCodec.info(SHARE), negotiated);
    }

    private static String encode(List<Tlv> tlvs, ByteOrder order) {
        byte[] payload = new byte[MessageCodec.encodedLength(SHARE, tlvs)];
        MessageCodec.encode(SHARE, tlvs, order, payload, 0);
        return HexFormat.of().formatHex(payload);
    }
}
