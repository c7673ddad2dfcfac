package org.ehashpool.sv2.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class U256Test {
    /** The genesis block's hash as it is printed, and as SHA-256 gives it. */
    private static final String GENESIS = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";

    private static final String GENESIS_RAW = "6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000";

    @Test
    void shouldPrintAHashAsExplorersDo() {
        U256 hash = U256.fromLittleEndian(HexFormat.of().parseHex(GENESIS_RAW), 0);
        assertThat(hash).hasToString(GENESIS).isEqualTo(U256.fromHex(GENESIS));
        assertThat(hash.toLittleEndian().toHex()).isEqualTo(GENESIS_RAW);
        assertThat(hash).isEqualTo(U256.fromBigEndian(HexFormat.of().parseHex(GENESIS), 0));
        assertThat(hash.bitLength()).isEqualTo(256 - 43);
    }

    @Test
    void shouldAgreeWithBigIntegerWhenValuesAreRandom() {
        Random random = new Random(1);
        U256 previous = U256.ZERO;
        for (int round = 0; round < 2_000; round++) {
            BigInteger number = new BigInteger(random.nextInt(257), random);
            U256 value = U256.of(number);
            assertThat(value.toBigInteger()).isEqualTo(number);
            assertThat(value.bitLength()).isEqualTo(number.bitLength());
            assertThat(value.toHex()).isEqualTo("%064x".formatted(number));
            assertThat(Integer.signum(value.compareTo(previous))).isEqualTo(number.compareTo(previous.toBigInteger()));
            byte[] bytes = new byte[40];
            assertThat(value.writeLittleEndian(bytes, 3)).isEqualTo(35);
            assertThat(U256.fromLittleEndian(bytes, 3)).isEqualTo(value).hasSameHashCodeAs(value);
            assertThat(value.writeBigEndian(bytes, 5)).isEqualTo(37);
            assertThat(U256.fromBigEndian(bytes, 5)).isEqualTo(value);
            previous = value;
        }
    }

    @Test
    void shouldCompareNumbersAndNotTheirLittleEndianBytes() {
        U256 small = U256.of(0xffL);
        U256 large = U256.of(0x100L);
        assertThat(small).isLessThan(large);
        assertThat(small.toLittleEndian()).isGreaterThan(large.toLittleEndian());
    }

    @Test
    void shouldCompareUnsignedInEachLimb() {
        for (int shift = 0; shift < 256; shift += 64) {
            U256 signBit = U256.of(BigInteger.ONE.shiftLeft(shift + 63));
            U256 below = U256.of(BigInteger.ONE.shiftLeft(shift + 63).subtract(BigInteger.ONE));
            assertThat(signBit).isGreaterThan(below);
            assertThat(below).isLessThan(signBit);
        }
        assertThat(U256.of(-1L).toBigInteger()).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(U256.MAX_VALUE.toBigInteger())
                .isEqualTo(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
        assertThat(U256.ZERO).isEqualTo(U256.of(BigInteger.ZERO)).isLessThan(U256.MAX_VALUE);
    }

    @Test
    void shouldRefuseWhenNumberOrTextDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> U256.of(BigInteger.TWO.pow(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> U256.of(BigInteger.ONE.negate()));
        assertThatIllegalArgumentException().isThrownBy(() -> U256.fromHex("00"));
        assertThatIllegalArgumentException().isThrownBy(() -> U256.fromHex("zz".repeat(32)));
        assertThatThrownBy(() -> U256.fromLittleEndian(new byte[32], 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> U256.fromBigEndian(new byte[31], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> U256.ZERO.writeBigEndian(new byte[31], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> U256.ZERO.writeLittleEndian(new byte[32], 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
