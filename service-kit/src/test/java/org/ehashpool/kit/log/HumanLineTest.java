package org.ehashpool.kit.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HumanLineTest {
    private static final String START = "2026-11-22T15:55:01.123Z INFO  PoolEvents ";

    private final HumanLine format = new HumanLine(false);

    @Test
    void shouldWriteOneLineWhenEventHasPairs() {
        assertThat(format.format(LogLines.event("share_rejected", "downstream_id", 7L, "reason", "stale-share")))
                .isEqualTo(START + "share_rejected downstream_id=7 reason=stale-share\n");
    }

    @Test
    void shouldQuoteValuesWhenTheyAreNotOneWord() {
        assertThat(format.format(LogLines.event("e", "a", "two words", "b", "", "c", "x=y", "d", "\"", "e", null)))
                .isEqualTo(START + "e a=\"two words\" b=\"\" c=\"x=y\" d=\"\\\"\" e=null\n");
    }

    @Test
    void shouldEscapeControlCharactersWhenPeerChoosesValue() {
        String hostile = "x\n2026-11-22T15:55:01.123Z INFO forged\r\t\u0000\u001b[31m\u009b\u202e\u2028\ud800\u200b";

        String line = format.format(LogLines.event("e " + hostile, "user", hostile));

        assertThat(line.strip().lines()).hasSize(1);
        assertThat(line.substring(0, line.length() - 1).chars())
                .allMatch(c -> c >= ' ' && c < 0x7f, "printable ASCII is all that is left");
        assertThat(line).contains("user=\"x\\n2026", "\\u001b[31m\\u009b\\u202e\\u2028\\ud800\\u200b\"");
    }

    @Test
    void shouldKeepTextOfAnyLanguageWhenItIsPrintable() {
        assertThat(format.format(LogLines.event("e", "name", "Grüße-世界-⛏"))).isEqualTo(START + "e name=Grüße-世界-⛏\n");
    }

    @Test
    void shouldCutValuesWhenTheyAreLong() {
        assertThat(format.format(LogLines.event("e", "user", "a".repeat(1 << 20))))
                .hasSizeLessThan(2_200);
    }

    @Test
    void shouldKeepFramesApartFromMessagesWhenSomethingIsThrown() {
        Exception thrown = new IllegalStateException("outer\n    at forged.Frame", new RuntimeException("inner"));
        thrown.addSuppressed(new IllegalArgumentException("beside"));

        String text = format.format(LogLines.thrown("failed", thrown));

        assertThat(text)
                .startsWith(START + "failed\n  java.lang.IllegalStateException: outer\\n    at forged.Frame\n      at ")
                .contains("\n  caused by java.lang.RuntimeException: inner\n")
                .contains("\n    suppressed java.lang.IllegalArgumentException: beside\n");
    }

    @Test
    void shouldStopWhenCausesGoInCircles() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        assertThat(format.format(LogLines.thrown("failed", first))).hasSizeLessThan(20_000);
    }

    @Test
    void shouldColourOnlyWhenToldTo() {
        assertThat(new HumanLine(true).format(LogLines.event("e", "a", 1))).contains("\u001b[32mINFO\u001b[0m");
        assertThat(format.format(LogLines.event("e", "a", 1))).doesNotContain("\u001b");
    }

    @Test
    void shouldWriteLineWhenToStringFails() {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };

        assertThat(format.format(LogLines.event("e", "a", broken)))
                .isEqualTo(START + "e a=unprintable:java.lang.IllegalStateException\n");
    }
}
