package org.ehashpool.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PatternFrameTest {
    @Test
    void shouldBeTheContractsBytesWhenThereIsAPayload() {
        assertThat(PatternFrame.of(3)).isEqualTo(HexFormat.of().parseHex("017001030000" + "03" + "22" + "41"));
    }

    @Test
    void shouldBeTheHeaderAloneWhenThePayloadIsEmpty() {
        assertThat(PatternFrame.of(0)).isEqualTo(HexFormat.of().parseHex("017001000000"));
    }

    @Test
    void shouldWrapWhenThePayloadIsLong() {
        assertThat(PatternFrame.of(65_520)).hasSize(65_526).endsWith((byte) (31 * 65_519 + 65_520));
    }
}
