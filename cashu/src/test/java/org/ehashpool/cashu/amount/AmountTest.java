package org.ehashpool.cashu.amount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "9007199254740993",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551615"
            })
    void shouldKeepItsValueWhenWrittenAndRead(String digits) {
        Amount amount = Amount.parse(digits);

        assertThat(amount).hasToString(digits);
        assertThat(Amount.of(amount.toLong())).isEqualTo(amount).hasSameHashCodeAs(amount);
        assertThat(amount.toBigInteger()).isEqualTo(new BigInteger(digits));
        assertThat(Amount.of(amount.toBigInteger())).isEqualTo(amount);
        assertThat(Amount.sum(amount.split())).contains(amount);
        assertThat(amount.split()).allMatch(Amount::isPowerOfTwo).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                " 1",
                "1 ",
                "01",
                "00",
                "1.0",
                "1e3",
                "0x1",
                "18446744073709551616",
                "100000000000000000000",
                "٣",
                "null"
            })
    void shouldRefuseWhenTheTextIsNoAmount(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.parse(text));
    }

    @Test
    void shouldRefuseWhenTheNumberTakesMoreThan64Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.of(BigInteger.TWO.pow(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.of(BigInteger.ONE.negate()));
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.powerOfTwo(64));
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.powerOfTwo(-1));
    }

    @Test
    void shouldNeverWrapAround() {
        Amount half = Amount.powerOfTwo(63);

        assertThat(Amount.MAXIMUM.minus(Amount.ONE).plus(Amount.ONE)).isEqualTo(Amount.MAXIMUM);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Amount.MAXIMUM.plus(Amount.ONE));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> half.plus(half));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Amount.ONE.minus(half));
        assertThat(Amount.sum(List.of(half, half))).isEmpty();
        assertThat(Amount.sum(List.of(half, half.minus(Amount.ONE)))).contains(Amount.MAXIMUM);
        assertThat(Amount.sum(Collections.nCopies(3, half))).isEmpty();
        assertThat(Amount.sum(List.of())).contains(Amount.ZERO);
    }

    @Test
    void shouldCompareUnsigned() {
        assertThat(Amount.powerOfTwo(63)).isGreaterThan(Amount.of(Long.MAX_VALUE));
        assertThat(Amount.MAXIMUM).isGreaterThan(Amount.powerOfTwo(63));
        assertThat(Amount.ZERO).isLessThan(Amount.ONE);
    }

    @Test
    void shouldSplitIntoPowersOfTwo() {
        assertThat(Amount.of(13).split()).containsExactly(Amount.of(1), Amount.of(4), Amount.of(8));
        assertThat(Amount.ZERO.split()).isEmpty();
        assertThat(Amount.MAXIMUM.split()).hasSize(64).last().isEqualTo(Amount.powerOfTwo(63));
        assertThat(Amount.ZERO.isPowerOfTwo()).isFalse();
        assertThat(Amount.of(3).isPowerOfTwo()).isFalse();
    }
}
