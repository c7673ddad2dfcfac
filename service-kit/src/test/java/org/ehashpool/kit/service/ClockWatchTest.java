package org.ehashpool.kit.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final long NANOS = Long.MAX_VALUE - 5; // a monotonic clock may start anywhere, and overflow

    private final ClockWatch watch = new ClockWatch(Duration.ofSeconds(1), START, NANOS);

    @Test
    void shouldSeeNothingWhenClocksAgree() {
        for (int second = 1; second < 1_000; second++) {
            assertThat(observe(second * 1_000L, second * 1_000L)).isNull();
        }
    }

    @Test
    void shouldSeeNothingWhenDifferenceIsWithinThreshold() {
        assertThat(observe(2_000, 1_000)).isNull();
        assertThat(observe(1_000, 2_000)).isNull();
    }

    @Test
    void shouldSeeJumpOnceWhenWallClockMoves() {
        assertThat(observe(3_600_000, 1_000)).isEqualTo(Duration.ofSeconds(3_599));
        assertThat(observe(3_601_000, 2_000)).isNull();
        assertThat(observe(1_000, 3_000)).isEqualTo(Duration.ofSeconds(-3_601));
    }

    @Test
    void shouldSeeJumpWhenSmallStepsAddUp() {
        assertThat(observe(1_600, 1_000)).isNull();
        assertThat(observe(3_200, 2_000)).isEqualTo(Duration.ofMillis(1_200));
    }

    private @Nullable Duration observe(long wallMillis, long monotonicMillis) {
        return watch.observe(START.plusMillis(wallMillis), NANOS + monotonicMillis * 1_000_000)
                .orElse(null);
    }
}
