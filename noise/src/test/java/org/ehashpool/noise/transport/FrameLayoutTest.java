package org.ehashpool.noise.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FrameLayoutTest {
    /** {@code pt_len_to_ct_len} of 4.6, line by line. */
    private static int specifiedLength(int plaintextLength) {
        int remainder = plaintextLength % 65_519;
        if (remainder > 0) {
            remainder += 16;
        }
        return plaintextLength / 65_519 * 65_535 + remainder;
    }

    @Test
    void shouldGiveTheSpecifiedLengthWhenThePayloadHasAnyLength() {
        for (int length = 0; length <= FrameLayout.MAX_PAYLOAD_LENGTH; length += length < 200_000 ? 1 : 1_009) {
            assertThat(FrameLayout.encryptedPayloadLength(length)).isEqualTo(specifiedLength(length));
        }
        assertThat(FrameLayout.encryptedFrameLength(0)).isEqualTo(22);
        assertThat(FrameLayout.encryptedFrameLength(1)).isEqualTo(22 + 17);
        assertThat(FrameLayout.encryptedPayloadLength(FrameLayout.MAX_PAYLOAD_LENGTH))
                .isEqualTo(specifiedLength(0xff_ffff));
    }

    @Test
    void shouldRefuseALengthWhenItIsNoU24() {
        assertThatIllegalArgumentException().isThrownBy(() -> FrameLayout.encryptedPayloadLength(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> FrameLayout.encryptedFrameLength(0x100_0000));
    }

    @Test
    void shouldReadTheLengthInLittleEndianWhenGivenAHeader() {
        byte[] header = {9, 9, 0, (byte) 0x80, 1, (byte) 0x81, (byte) 0x82, (byte) 0x83};
        assertThat(FrameLayout.payloadLength(header, 2)).isEqualTo(0x838281);
    }
}
