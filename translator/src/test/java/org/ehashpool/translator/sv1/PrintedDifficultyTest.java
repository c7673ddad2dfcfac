package org.ehashpool.translator.sv1;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedDifficultyTest {
    private static final BigInteger USUAL_ONE = Target.DIFFICULTY_ONE.value().toBigInteger();
    private static final BigInteger TWO_TO_32 = BigInteger.ONE.shiftLeft(32);

    /** How miners make a target of the number, each in its own arithmetic. */
    private enum Model {
        /** util.c, diff_to_target: 0xffff0000 by the difficulty, cut to 64 bits, at the place of its 32-bit words. */
        MINERD {
            @Override
            BigInteger target(String printed) {
                double difficulty = Double.parseDouble(printed);
                int word = 6;
                while (word > 0 && difficulty > 1.0) {
                    difficulty /= 4294967296.0;
                    word--;
                }
                BigInteger mantissa = new BigDecimal(4294901760.0 / difficulty).toBigInteger();
                return mantissa.bitLength() > 64
                        ? BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)
                        : mantissa.shiftLeft(32 * word);
            }
        },
        /** util.c, set_target: doubles, from the highest 64 bits to the lowest, each cut to a whole number. */
        CGMINER {
            @Override
            BigInteger target(String printed) {
                double left = USUAL_ONE.doubleValue() / Double.parseDouble(printed);
                BigInteger target = BigInteger.ZERO;
                for (int shift = 192; shift >= 0; shift -= 64) {
                    double unit = BigInteger.ONE.shiftLeft(shift).doubleValue();
                    BigInteger part = new BigDecimal(left / unit).toBigInteger();
                    target = target.add(part.shiftLeft(shift));
                    left -= part.doubleValue() * unit;
                }
                return target;
            }
        },
        /** util.c, diff_to_hash: 2^224 by the difficulty, the low half set to ones. */
        CPUMINER_OPT {
            @Override
            BigInteger target(String printed) {
                BigDecimal high = BigDecimal.ONE
                        .divide(
                                new BigDecimal(Double.parseDouble(printed)),
                                new MathContext(19, RoundingMode.HALF_EVEN))
                        .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(96)));
                return high.toBigInteger()
                        .shiftLeft(128)
                        .add(BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE));
            }
        },
        /** Fractions by the usual difficulty 1, whole numbers by 2^224. */
        BFGMINER {
            @Override
            BigInteger target(String printed) {
                double difficulty = Double.parseDouble(printed);
                BigInteger one = difficulty == Math.rint(difficulty)
                        ? BigInteger.ONE.shiftLeft(224).subtract(BigInteger.ONE)
                        : USUAL_ONE;
                return new BigDecimal(one)
                        .divide(new BigDecimal(difficulty), MathContext.DECIMAL64)
                        .toBigInteger();
            }
        },
        /** Reads a whole number, and compares difficulties as doubles. */
        ESP_MINER {
            @Override
            BigInteger target(String printed) {
                long whole = (long) Double.parseDouble(printed);
                return whole == 0
                        ? USUAL_ONE
                        : new BigDecimal(USUAL_ONE)
                                .divide(BigDecimal.valueOf(whole), MathContext.DECIMAL64)
                                .toBigInteger();
            }
        };

        abstract BigInteger target(String printed);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                2.4e-10,
                1e-9,
                1e-6,
                0.001,
                0.015625,
                0.1,
                0.5,
                0.9999,
                1,
                1.5,
                2,
                3,
                7,
                10,
                64,
                100.25,
                512,
                1000,
                1024,
                4096,
                10_007,
                32_768,
                65_535,
                65_536,
                65_537,
                99_999.5,
                131_072,
                524_288,
                1_000_003,
                1e9,
                4_294_967_296.0,
                1e12,
                9.007199254740994e15,
                1e18
            })
    void shouldNeverMakeAMinersTargetEasierAndKeepItNear(double difficulty) {
        Target target = Target.ofDifficulty(difficulty);
        String printed = PrintedDifficulty.of(target);
        BigInteger ours = target.value().toBigInteger();
        for (Model model : Model.values()) {
            if (model == Model.ESP_MINER && difficulty != Math.rint(difficulty)) {
                // It cuts the fraction off: nothing that could be printed would help it.
                continue;
            }
            BigInteger theirs = model.target(printed);
            assertThat(theirs).as("%s of %s", model, printed).isLessThanOrEqualTo(ours.add(roundingOf(ours)));
            assertThat(new BigDecimal(theirs)
                            .divide(new BigDecimal(ours), MathContext.DECIMAL64)
                            .doubleValue())
                    .as("%s of %s", model, printed)
                    .isGreaterThan(1 - 5e-5);
        }
    }

    /** One unit in the last place of a double, which firmware that compares doubles cannot tell. */
    private static BigInteger roundingOf(BigInteger number) {
        return number.shiftRight(52);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "01",
                "7fffffffffffffff",
                "0123456789abcdef0123456789abcdef",
                "3b9aca00000000000000000000000001"
            })
    void shouldHoldForTargetsThatAreNoRoundDifficulty(String start) {
        Target target = Target.of(U256.fromHex("00000000" + (start + "a5".repeat(28)).substring(0, 56)));
        String printed = PrintedDifficulty.of(target);
        for (Model model : new Model[] {Model.MINERD, Model.CGMINER, Model.CPUMINER_OPT, Model.BFGMINER}) {
            assertThat(model.target(printed))
                    .as("%s of %s", model, printed)
                    .isLessThanOrEqualTo(target.value().toBigInteger());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.000015259023",
        "1024, 1024.01562524",
        "65536, 65538",
        "1000000, 1000016",
        "0.5, 0.5000076295115",
    })
    void shouldPrintLargeOnesWholeAndNoneWithAnExponent(double difficulty, String printed) {
        assertThat(PrintedDifficulty.of(Target.ofDifficulty(difficulty))).isEqualTo(printed);
    }

    @Test
    void shouldPrintTheEdges() {
        assertThat(PrintedDifficulty.of(Target.EASIEST))
                .startsWith("0.00000000023283064365")
                .doesNotContain("E");
        assertThat(new BigDecimal(PrintedDifficulty.of(Target.EASIEST))
                        .multiply(new BigDecimal(TWO_TO_32))
                        .doubleValue())
                .isBetween(1.0, 1.00000001);
        assertThat(PrintedDifficulty.of(Target.of(U256.ZERO))).matches("[0-9]{68}");
        assertThat(PrintedDifficulty.of(Target.of(U256.of(1)))).matches("[0-9]{68}");
    }
}
