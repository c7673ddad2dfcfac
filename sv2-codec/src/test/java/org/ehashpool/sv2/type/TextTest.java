package org.ehashpool.sv2.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @Test
    void shouldKeepBytesExactlyWhenTheyAreNotUtf8() {
        Text text = Text.of(Bytes.fromHex("61ff62"));
        assertThat(text).hasToString("a\ufffdb");
        assertThat(text.bytes()).isEqualTo(Bytes.fromHex("61ff62"));
        assertThat(text.length()).isEqualTo(3);
        assertThat(text).isNotEqualTo(Text.of("a\ufffdb"));
    }

    @Test
    void shouldBeUtf8WhenMadeOfAString() {
        assertThat(Text.of("ä€").bytes()).isEqualTo(Bytes.fromHex("c3a4e282ac"));
        assertThat(Text.of("ä€"))
                .isEqualTo(Text.of(Bytes.fromHex("c3a4e282ac")))
                .hasSameHashCodeAs(Text.of("ä€"));
        assertThat(Text.of("")).isSameAs(Text.EMPTY);
        assertThat(Text.of(Bytes.EMPTY)).isSameAs(Text.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "6162, ab",
        "610a62, a\\u000ab",
        "1b5b33316d, \\u001b[31m",
        "00, \\u0000",
        "7f, \\u007f",
        "c285, \\u0085",
        "e280ae, \\u202e",
        "e280a8, \\u2028",
        "efbbbf, \\ufeff",
        "ee8080, \\ue000",
        "5c6e, \\\\n",
        "ff, \ufffd",
        "f09f9880, 😀",
        "f3a08081, \\udb40\\udc01"
    })
    void shouldEscapeWhatCouldForgeALogLine(String hex, String printable) {
        assertThat(Text.of(Bytes.fromHex(hex)).printable()).isEqualTo(printable);
    }
}
