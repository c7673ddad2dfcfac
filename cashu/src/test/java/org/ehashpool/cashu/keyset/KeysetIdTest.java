package org.ehashpool.cashu.keyset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.ehashpool.cashu.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetIdTest {

    private static final KeysetId FIRST = KeysetId.parse("00456a94ab4e1c46");
    private static final KeysetId SECOND =
            KeysetId.parse("015ba18a8adcd02e715a58358eb618da4a4b3791151a4bee5e968bb88406ccf76a");

    @Test
    void shouldKeepItsBytesAndDigits() {
        for (KeysetId id : List.of(FIRST, SECOND)) {
            assertThat(KeysetId.of(id.toBytes())).isEqualTo(id).hasSameHashCodeAs(id);
            assertThat(KeysetId.parse(id.toString())).isEqualTo(id).isEqualByComparingTo(id);
        }
        assertThat(FIRST.version()).isEqualTo(KeysetId.Version.V1);
        assertThat(SECOND.version()).isEqualTo(KeysetId.Version.V2);
        assertThat(FIRST).isNotEqualTo(SECOND).isLessThan(SECOND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00456a94ab4e1c",
                "00456a94ab4e1c4600",
                "01456a94ab4e1c46",
                "02456a94ab4e1c46",
                "005ba18a8adcd02e715a58358eb618da4a4b3791151a4bee5e968bb88406ccf76a",
                "015ba18a8adcd02e715a58358eb618da4a4b3791151a4bee5e968bb88406ccf7",
                "025ba18a8adcd02e715a58358eb618da4a4b3791151a4bee5e968bb88406ccf76a",
                "I2yN+iRYfkzT",
                "keyset_1"
            })
    void shouldRefuseWhenTheTextIsNoId(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeysetId.parse(text));
    }

    @Test
    void shouldRefuseWithoutReadingItWhenTheTextIsLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeysetId.parse("00".repeat(1 << 20)));
    }

    @Test
    void shouldResolveAShortIdWhenOneIdBeginsWithIt() {
        ShortKeysetId shortId = ShortKeysetId.of(SECOND);
        byte[] twin = SECOND.toBytes();
        twin[32] ^= 1;

        assertThat(shortId)
                .hasToString("015ba18a8adcd02e")
                .isEqualTo(ShortKeysetId.of(Vectors.hex("015ba18a8adcd02e")));
        assertThat(shortId.resolve(List.of(FIRST, SECOND))).contains(SECOND);
        assertThat(shortId.resolve(List.of(SECOND, SECOND))).contains(SECOND);
        assertThat(shortId.resolve(List.of(FIRST))).isEmpty();
        assertThat(shortId.resolve(List.of(SECOND, KeysetId.of(twin)))).isEmpty();
        assertThat(ShortKeysetId.of(FIRST).resolve(List.of(FIRST, SECOND))).contains(FIRST);
        assertThatIllegalArgumentException().isThrownBy(() -> ShortKeysetId.of(new byte[7]));
        assertThatIllegalArgumentException().isThrownBy(() -> ShortKeysetId.of(Vectors.hex("025ba18a8adcd02e")));
    }
}
