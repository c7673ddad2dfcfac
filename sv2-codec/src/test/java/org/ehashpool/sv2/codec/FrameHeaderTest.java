package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {
    @Test
    void shouldBeginWithZeroAndEightyWhenCoreMessageIsForAChannel() {
        assertThat(write(new FrameHeader(0, true, 0x1b, 0x010203))).containsExactly(0x00, 0x80, 0x1b, 0x03, 0x02, 0x01);
    }

    @Test
    void shouldWriteExtensionTypeLittleEndian() {
        assertThat(write(new FrameHeader(0x0ABC, false, 0xff, 0xffffff)))
                .containsExactly(0xbc, 0x0a, 0xff, 0xff, 0xff, 0xff);
    }

    @Test
    void shouldIgnoreChannelBitInExtensionType() {
        assertThat(FrameHeader.read(new byte[] {(byte) 0xbc, (byte) 0x8a, 1, 0, 0, 0}, 0))
                .isEqualTo(new FrameHeader(0x0abc, true, 1, 0));
    }

    @Test
    void shouldReadWhatItWroteWhenBytesAreRandom() {
        Random random = new Random(1);
        for (int round = 0; round < 10_000; round++) {
            byte[] bytes = new byte[9];
            random.nextBytes(bytes);
            byte[] written = bytes.clone();
            assertThat(FrameHeader.read(bytes, 2).write(written, 2)).isEqualTo(8);
            assertThat(written).isEqualTo(bytes);
        }
    }

    @Test
    void shouldRefuseWhenValuesDoNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameHeader(0x8000, false, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameHeader(-1, false, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameHeader(0, false, 256, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameHeader(0, false, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameHeader(0, false, 0, 1 << 24));
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameHeader(0, false, 0, -1));
    }

    @Test
    void shouldThrowIndexOutOfBoundsWhenBytesAreMissing() {
        assertThatThrownBy(() -> FrameHeader.read(new byte[6], 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new FrameHeader(0, false, 0, 0).write(new byte[5], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static byte[] write(FrameHeader header) {
        byte[] bytes = new byte[FrameHeader.LENGTH];
        assertThat(header.write(bytes, 0)).isEqualTo(FrameHeader.LENGTH);
        return bytes;
    }
}
