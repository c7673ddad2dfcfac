package org.ehashpool.statistics.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QrPictureTest {

    @Test
    void shouldDrawAllDarkModulesWithinTheQuietZone() {
        QrPicture picture = QrPicture.of("cashuB" + "x".repeat(300)).orElseThrow();

        int highest = 0;
        for (String run : picture.path().substring(1).split("M", -1)) {
            assertThat(run).matches("\\d+ \\d+h\\d+v1h-\\d+z");
            String[] numbers = run.split("[ hvz-]+", -1);
            int from = Integer.parseInt(numbers[0]);
            int length = Integer.parseInt(numbers[2]);
            assertThat(from).isGreaterThanOrEqualTo(4);
            assertThat(from + length).isLessThanOrEqualTo(picture.size() - 4);
            highest = Math.max(highest, Integer.parseInt(numbers[1]));
        }
        // The finder pattern in the corner (ISO/IEC 18004 §6.3.3).
        assertThat(picture.path()).startsWith("M4 4h7v1h-7z");
        assertThat(highest).isEqualTo(picture.size() - 5);
    }

    @Test
    void shouldDrawNothingWhenTheTextIsTooLong() {
        assertThat(QrPicture.of("cashuB" + "x".repeat(2940))).isPresent();
        assertThat(QrPicture.of("cashuB" + "x".repeat(2948))).isEmpty();
    }
}
