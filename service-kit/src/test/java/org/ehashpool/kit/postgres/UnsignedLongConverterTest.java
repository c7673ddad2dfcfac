package org.ehashpool.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Objects;
import org.jooq.exception.DataTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsignedLongConverterTest {

    private final UnsignedLongConverter converter = new UnsignedLongConverter();

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
    void shouldConvertBothWaysWhenInRange(String text) {
        BigInteger column = new BigInteger(text);
        long amount = Objects.requireNonNull(converter.from(column));
        assertThat(Long.toUnsignedString(amount)).isEqualTo(text);
        assertThat(converter.to(amount)).isEqualTo(column);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-9223372036854775808", "18446744073709551616", "99999999999999999999"})
    void shouldRefuseWhenOutOfRange(String text) {
        assertThatThrownBy(() -> converter.from(new BigInteger(text)))
                .isInstanceOf(DataTypeException.class)
                .hasMessageContaining(text);
    }

    @Test
    void shouldKeepNullWhenThereIsNoAmount() {
        assertThat(converter.from(null)).isNull();
        assertThat(converter.to(null)).isNull();
    }
}
