package org.ehashpool.sv2.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    private static final Bytes FIVE = Bytes.fromHex("00017f80Ff");

    @Test
    void shouldNotChangeWhenSourceOrResultChanges() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toByteArray()[1] = 9;
        assertThat(bytes).isEqualTo(Bytes.fromHex("010203"));
    }

    @Test
    void shouldBeEqualToASliceWithTheSameBytes() {
        Bytes slice = FIVE.slice(1, 3);
        assertThat(slice).isEqualTo(Bytes.fromHex("017f80")).hasSameHashCodeAs(Bytes.fromHex("017f80"));
        assertThat(slice.slice(1, 1)).isEqualTo(Bytes.fromHex("7f"));
        assertThat(slice.toByteArray()).containsExactly(0x01, 0x7f, 0x80);
        assertThat(slice.toHex()).isEqualTo("017f80");
        assertThat(slice.get(2)).isEqualTo((byte) 0x80);
        assertThat(FIVE.slice(0, 5)).isSameAs(FIVE);
        assertThat(FIVE.slice(5, 0)).isSameAs(Bytes.EMPTY);
        assertThat(slice).isNotEqualTo(FIVE);
    }

    @Test
    void shouldThrowIndexOutOfBoundsWhenOutsideTheSlice() {
        Bytes slice = FIVE.slice(1, 3);
        assertThatThrownBy(() -> slice.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.copyOf(new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.copyTo(new byte[2], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldCompareInConstantTimeByContent() {
        assertThat(FIVE.slice(1, 2).equalsInConstantTime(Bytes.fromHex("017f"))).isTrue();
        assertThat(FIVE.slice(1, 2).equalsInConstantTime(Bytes.fromHex("017e"))).isFalse();
        assertThat(FIVE.slice(1, 2).equalsInConstantTime(Bytes.fromHex("81ff"))).isFalse();
        assertThat(FIVE.equalsInConstantTime(Bytes.EMPTY)).isFalse();
        assertThat(Bytes.EMPTY.equalsInConstantTime(Bytes.of())).isTrue();
    }

    @Test
    void shouldOrderUnsignedAndByPrefix() {
        assertThat(Bytes.fromHex("7f")).isLessThan(Bytes.fromHex("80"));
        assertThat(Bytes.fromHex("80")).isLessThan(Bytes.fromHex("8000"));
        assertThat(FIVE.slice(1, 1)).isEqualByComparingTo(Bytes.fromHex("01"));
    }

    @Test
    void shouldJoinInOrder() {
        assertThat(Bytes.concat(FIVE.slice(3, 2), Bytes.EMPTY, Bytes.fromHex("01")))
                .isEqualTo(Bytes.fromHex("80ff01"));
        assertThat(Bytes.concat()).isSameAs(Bytes.EMPTY);
    }

    @Test
    void shouldPrintTheBeginningWhenLong() {
        assertThat(FIVE).hasToString("00017f80ff");
        assertThat(Bytes.of(new byte[65])).hasToString("00".repeat(64) + "… (65 bytes)");
    }

    @Test
    void shouldRefuseWhenTextIsNotHexadecimal() {
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.fromHex("0"));
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.fromHex("0g"));
    }
}
