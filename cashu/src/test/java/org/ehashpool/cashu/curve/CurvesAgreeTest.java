package org.ehashpool.cashu.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.util.BigIntegers;
import org.ehashpool.cashu.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CurvesAgreeTest {

    private static final Curve NATIVE = new NativeCurve(NativeFunctions.load(), new SecureRandom());
    private static final Curve JAVA = new JavaCurve();
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    static Stream<Curve> curves() {
        return Stream.of(NATIVE, JAVA);
    }

    private static byte[] number(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(Curve.SCALAR_LENGTH, value);
    }

    private static byte[] number(long value) {
        return number(BigInteger.valueOf(value));
    }

    private static List<byte[]> scalars() {
        Random random = new Random(20261122);
        List<byte[]> scalars = new ArrayList<>(List.of(
                number(1),
                number(2),
                number(ORDER.subtract(BigInteger.ONE)),
                number(ORDER.shiftRight(1)),
                number(BigInteger.ONE.shiftLeft(128))));
        for (int i = 0; i < 40; i++) {
            scalars.add(number(new BigInteger(255, random).add(BigInteger.ONE)));
        }
        return scalars;
    }

    @Test
    void shouldGiveTheSameNumbersAndPointsWhenGivenTheSameArguments() {
        List<byte[]> scalars = scalars();
        byte[] point = NATIVE.timesGenerator(number(7));
        for (int i = 0; i < scalars.size(); i++) {
            byte[] a = scalars.get(i);
            byte[] b = scalars.get((i + 1) % scalars.size());

            assertThat(NATIVE.addScalars(a, b)).isEqualTo(JAVA.addScalars(a, b));
            assertThat(NATIVE.multiplyScalars(a, b)).isEqualTo(JAVA.multiplyScalars(a, b));
            assertThat(NATIVE.timesGenerator(a)).isEqualTo(JAVA.timesGenerator(a));
            assertThat(NATIVE.times(point, a)).isEqualTo(JAVA.times(point, a));
            assertThat(NATIVE.timesPublic(point, a)).isEqualTo(NATIVE.times(point, a));
            assertThat(JAVA.timesPublic(point, a)).isEqualTo(NATIVE.times(point, a));
            byte[] other = NATIVE.times(point, a);
            assertThat(NATIVE.add(point, other)).isEqualTo(JAVA.add(point, other));
            assertThat(NATIVE.negate(other)).isEqualTo(JAVA.negate(other));
            byte[] message = NATIVE.multiplyScalars(a, b);
            byte[] signature = NATIVE.sign(a, message, b);
            assertThat(signature).isEqualTo(JAVA.sign(a, message, b));
            byte[] xOnly = Arrays.copyOfRange(NATIVE.timesGenerator(a), 1, 33);
            assertThat(NATIVE.verify(xOnly, message, signature)).isTrue();
            assertThat(JAVA.verify(xOnly, message, signature)).isTrue();
            point = other;
        }
    }

    @Test
    void shouldFindTheSamePointsWhenDecompressing() {
        Random random = new Random(1);
        int points = 0;
        for (int i = 0; i < 500; i++) {
            byte[] candidate = new byte[Curve.COMPRESSED_LENGTH];
            random.nextBytes(candidate);
            candidate[0] = (byte) random.nextInt(6);
            byte[] found = NATIVE.decompress(candidate);
            assertThat(found).isEqualTo(JAVA.decompress(candidate));
            if (found != null) {
                points++;
                assertThat(NATIVE.isPoint(found)).isTrue();
                assertThat(JAVA.isPoint(found)).isTrue();
                found[64] ^= 2;
                assertThat(NATIVE.isPoint(found)).isFalse();
                assertThat(JAVA.isPoint(found)).isFalse();
            }
        }
        assertThat(points).isBetween(50, 120);
    }

    @ParameterizedTest
    @MethodSource("curves")
    void shouldHaveNoPointWhenTheSumIsInfinity(Curve curve) {
        byte[] point = curve.timesGenerator(number(5));

        assertThat(curve.add(point, curve.negate(point))).isNull();
        assertThat(curve.add(point, point)).isEqualTo(curve.timesGenerator(number(10)));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void shouldHaveNoScalarWhenTheResultIsZero(Curve curve) {
        byte[] five = number(5);

        assertThat(curve.addScalars(five, number(ORDER.subtract(BigInteger.valueOf(5)))))
                .isNull();
        assertThat(curve.reduce(number(0))).isNull();
        assertThat(curve.reduce(number(ORDER))).isNull();
        assertThat(curve.reduce(number(ORDER.add(BigInteger.valueOf(5))))).isEqualTo(five);
        assertThat(curve.reduce(five)).isEqualTo(five);
        assertThat(curve.isScalar(number(0))).isFalse();
        assertThat(curve.isScalar(number(ORDER))).isFalse();
        assertThat(curve.isScalar(number(ORDER.subtract(BigInteger.ONE)))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("curves")
    void shouldRefuseWhenAnArgumentHasAnotherShape(Curve curve) {
        byte[] point = curve.timesGenerator(number(5));
        byte[] hybrid = point.clone();
        hybrid[0] = (byte) (6 | (point[64] & 1));
        byte[] offCurve = point.clone();
        offCurve[64] ^= 2;

        assertThat(curve.isPoint(hybrid)).isFalse();
        for (byte[] bad : List.of(hybrid, offCurve, new byte[65])) {
            assertThatIllegalArgumentException().isThrownBy(() -> curve.times(bad, number(2)));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.timesPublic(bad, number(2)));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.add(point, bad));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.negate(bad));
        }
        for (byte[] bad : List.of(number(0), number(ORDER), new byte[31], new byte[33])) {
            assertThatIllegalArgumentException().isThrownBy(() -> curve.times(point, bad));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.timesPublic(point, bad));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.timesGenerator(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.multiplyScalars(number(1), bad));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.addScalars(number(1), bad));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.sign(bad, number(1), number(1)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> curve.decompress(new byte[32]));
        assertThatIllegalArgumentException().isThrownBy(() -> curve.isPoint(new byte[33]));
        assertThatIllegalArgumentException().isThrownBy(() -> curve.sign(number(1), new byte[31], number(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> curve.sign(number(1), number(1), new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> curve.verify(number(1), number(1), new byte[63]));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void shouldSignAndVerifyAsBip340Says(Curve curve) {
        List<String[]> rows = Vectors.text("bip340/test-vectors.csv")
                .lines()
                .skip(1)
                .map(line -> line.split(",", 8))
                .filter(row -> row[4].length() == 2 * 32)
                .toList();
        assertThat(rows).hasSize(15);

        for (String[] row : rows) {
            byte[] message = Vectors.hex(row[4]);
            assertThat(curve.verify(Vectors.hex(row[2]), message, Vectors.hex(row[5])))
                    .as(row[0])
                    .isEqualTo(row[6].equals("TRUE"));
            if (!row[1].isEmpty()) {
                assertThat(curve.sign(Vectors.hex(row[1]), message, Vectors.hex(row[3])))
                        .as(row[0])
                        .isEqualTo(Vectors.hex(row[5]));
            }
        }
    }
}
