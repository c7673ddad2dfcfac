package org.ehashpool.mining.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockHeightTest {

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 51",
        "16, 60",
        "17, 0111",
        "127, 017f",
        "128, 028000",
        "255, 02ff00",
        "256, 020001",
        "32767, 02ff7f",
        "32768, 03008000",
        // Blocks 227,836 (BIP 34's example) and 631,076.
        "227836, 03fc7903",
        "631076, 0324a109",
        "8388608, 0400008000",
        "2147483647, 04ffffff7f",
    })
    void shouldWriteAndReadTheShortestPush(int height, String push) {
        assertThat(BlockHeight.push(height)).isEqualTo(Bytes.fromHex(push));
        assertThat(BlockHeight.read(Bytes.fromHex(push + "ff"))).hasValue(height);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "0110", "03010000", "0480", "ff", "05ffffffff7f", "06000000000001", "0400000080"})
    void shouldReadNothingElse(String script) {
        assertThat(BlockHeight.read(Bytes.fromHex(script))).isEmpty();
    }

    @Test
    void shouldReadNothingFromAnEmptyScript() {
        assertThat(BlockHeight.read(Bytes.EMPTY)).isEmpty();
    }

    @Test
    void shouldReadEveryHeightItWrites() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            int height = random.nextInt() >>> (1 + random.nextInt(31));
            assertThat(BlockHeight.read(BlockHeight.push(height))).hasValue(height);
        }
    }

    @Test
    void shouldKnowBip54() {
        assertThat(BlockHeight.obeysBip54(159, 158, 0xffff_fffeL)).isTrue();
        assertThat(BlockHeight.obeysBip54(159, 158, 0xffff_ffffL)).isFalse();
        assertThat(BlockHeight.obeysBip54(159, 159, 0)).isFalse();
        assertThat(BlockHeight.obeysBip54(159, 0, 0)).isFalse();
    }
}
