package org.ehashpool.mining.difficulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those of Bitcoin Core, src/test/arith_uint256_tests.cpp, bignum_SetCompact. */
class CompactBitsTest {

    @ParameterizedTest
    @CsvSource({
        "01120000, 12, 01120000",
        "02123456, 1234, 02123400",
        "03123456, 123456, 03123456",
        "04123456, 12345600, 04123456",
        "05009234, 92340000, 05009234",
        "20123456, 1234560000000000000000000000000000000000000000000000000000000000, 20123456",
        "1d00ffff, ffff0000000000000000000000000000000000000000000000000000, 1d00ffff",
        "207fffff, 7fffff0000000000000000000000000000000000000000000000000000000000, 207fffff",
        "2100ffff, ffff000000000000000000000000000000000000000000000000000000000000, 2100ffff",
    })
    void shouldDecodeAsBitcoinCoreDoes(String bits, String target, String encodedAgain) {
        U256 expected = U256.of(new BigInteger(target, 16));

        assertThat(CompactBits.decode(Long.parseLong(bits, 16))).contains(expected);
        assertThat(CompactBits.encode(expected)).isEqualTo(Long.parseLong(encodedAgain, 16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00000000", "00123456", "01003456", "02000056", "03000000", "04000000", "00923456", "01803456"})
    void shouldRefuseZero(String bits) {
        assertThat(CompactBits.decode(Long.parseLong(bits, 16))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"01fedcba", "04923456", "1d80ffff"})
    void shouldRefuseNegativeNumbers(String bits) {
        assertThat(CompactBits.decode(Long.parseLong(bits, 16))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff123456", "23000001", "2200ffff", "22010000", "21010000"})
    void shouldRefuseOverflow(String bits) {
        assertThat(CompactBits.decode(Long.parseLong(bits, 16))).isEmpty();
    }

    @Test
    void shouldKeepTheFirstDigitsWhenEncodingAnyTarget() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            U256 target = U256.of(new BigInteger(1 + random.nextInt(256), random).setBit(0));

            U256 cut = CompactBits.decode(CompactBits.encode(target)).orElseThrow();

            assertThat(cut).isLessThanOrEqualTo(target);
            assertThat(target.toBigInteger().subtract(cut.toBigInteger()).shiftLeft(15))
                    .isLessThanOrEqualTo(target.toBigInteger());
        }
    }
}
