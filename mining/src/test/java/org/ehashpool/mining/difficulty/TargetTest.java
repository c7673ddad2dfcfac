package org.ehashpool.mining.difficulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Random;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        // Bits and difficulties that Bitcoin Core reports of blocks 0, 30240, 631076.
        "1d00ffff, 1.0",
        "1b0404cb, 16307.420938523983",
        "171297f6, 15138043247082.88",
    })
    void shouldGiveTheDifficultyOfKnownBlocks(String bits, double difficulty) {
        Target target = Target.ofCompactBits(Long.parseLong(bits, 16)).orElseThrow();

        assertThat(target.difficulty()).isCloseTo(difficulty, within(difficulty * 1e-12));
        assertThat(target.wholeDifficulty()).isEqualTo((long) difficulty);
        assertThat(target.fractionalDifficulty() / 0x1p32).isCloseTo(difficulty - Math.floor(difficulty), within(0.01));
        assertThat(target.compactBits()).isEqualTo(Long.parseLong(bits, 16));
    }

    @Test
    void shouldCountExactWork() {
        assertThat(Target.DIFFICULTY_ONE.work()).isEqualTo(BigInteger.valueOf(0x1_0001_0001L));
        assertThat(Target.EASIEST.work()).isEqualTo(BigInteger.ONE);
        assertThat(Target.of(U256.ZERO).work()).isEqualTo(BigInteger.TWO.pow(256));
        assertThat(Target.of(U256.of(BigInteger.TWO.pow(200).subtract(BigInteger.ONE)))
                        .work())
                .isEqualTo(BigInteger.TWO.pow(56));
    }

    @Test
    void shouldCompareNumbersRatherThanBytes() {
        // As little-endian bytes, 01 00 … would follow 00 02 ….
        U256 small = U256.of(1);
        U256 large = U256.of(0x200);

        assertThat(Target.of(large).isMetBy(small)).isTrue();
        assertThat(Target.of(small).isMetBy(large)).isFalse();
        assertThat(Target.of(small).isMetBy(small)).isTrue();
        assertThat(Target.of(small).harder(Target.of(large)).value()).isEqualTo(small);
        assertThat(Target.of(small).easier(Target.of(large)).value()).isEqualTo(large);
    }

    @Test
    void shouldSaturateDifficultyAtTheEnds() {
        Target impossible = Target.of(U256.ZERO);
        assertThat(impossible.difficulty()).isInfinite();
        assertThat(impossible.wholeDifficulty()).isEqualTo(-1);
        assertThat(impossible.exactDifficulty().denominator()).isZero();
        assertThat(Target.of(U256.of(1)).wholeDifficulty()).isEqualTo(-1);
        assertThat(Target.EASIEST.wholeDifficulty()).isZero();
        assertThat(Target.EASIEST.fractionalDifficulty()).isZero();
    }

    @Test
    void shouldCountLeadingZeroBits() {
        assertThat(Target.DIFFICULTY_ONE.leadingZeroBits()).isEqualTo(32);
        assertThat(Target.EASIEST.leadingZeroBits()).isZero();
        assertThat(Target.leadingZeroBits(U256.ZERO)).isEqualTo(256);
    }

    @Test
    void shouldHoldTheWantedRateOverTheWholeRange() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            double hashRate = Math.pow(10, 1 + 20 * random.nextDouble());
            double sharesPerMinute = 1 + 59 * random.nextDouble();

            Target target = Target.ofHashRate(hashRate, sharesPerMinute);

            double expected = Math.max(1, hashRate * 60 / sharesPerMinute);
            assertThat(target.expectedHashes()).isCloseTo(expected, within(expected * 1e-9 + 1));
            assertThat(target.hashRate(sharesPerMinute))
                    .isCloseTo(target.expectedHashes() * sharesPerMinute / 60, within(hashRate * 1e-9));
        }
    }

    @Test
    void shouldStayInRangeForAbsurdHashRates() {
        assertThat(Target.ofHashRate(Double.MIN_VALUE, 60)).isEqualTo(Target.EASIEST);
        assertThat(Target.ofHashRate(Double.MAX_VALUE, 1).value()).isEqualTo(U256.ZERO);
        assertThat(Target.ofDifficulty(1e-300)).isEqualTo(Target.EASIEST);
        assertThat(Target.ofDifficulty(1)).isEqualTo(Target.DIFFICULTY_ONE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void shouldRefuseNumbersThatAreNotPositiveAndFinite(double number) {
        assertThatIllegalArgumentException().isThrownBy(() -> Target.ofHashRate(number, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> Target.ofHashRate(1, number));
        assertThatIllegalArgumentException().isThrownBy(() -> Target.ofDifficulty(number));
        assertThatIllegalArgumentException().isThrownBy(() -> Target.ofExpectedHashes(number));
    }
}
