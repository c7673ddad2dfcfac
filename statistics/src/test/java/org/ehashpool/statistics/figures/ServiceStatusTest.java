package org.ehashpool.statistics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.ehashpool.statistics.figures.ServiceStatus.Signs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ServiceStatusTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static ServiceStatus status(
            String state, @Nullable Integer heartbeat, @Nullable Integer polled, @Nullable Integer answered) {
        return ServiceStatus.of(new Signs(state, ago(heartbeat), ago(polled), ago(answered)), NOW);
    }

    private static @Nullable Instant ago(@Nullable Integer seconds) {
        return seconds == null ? null : NOW.minusSeconds(seconds);
    }

    @Test
    void shouldBeDownWithinFifteenSecondsWhenHeartbeatsEnd() {
        assertThat(status("ready", 7, null, null)).isEqualTo(ServiceStatus.UP);
        assertThat(status("ready", 9, null, null)).isEqualTo(ServiceStatus.LATE);
        assertThat(status("ready", 13, null, null)).isEqualTo(ServiceStatus.DOWN);
    }

    @Test
    void shouldBeLateWhenItAnswersWithoutHeartbeats() {
        assertThat(status("ready", 60, 2, 2)).isEqualTo(ServiceStatus.LATE);
    }

    @Test
    void shouldBeLateWhenItHasHeartbeatsAndDoesNotAnswer() {
        assertThat(status("ready", 2, 1, 40)).isEqualTo(ServiceStatus.LATE);
        assertThat(status("ready", 2, 1, null)).isEqualTo(ServiceStatus.LATE);
    }

    @Test
    void shouldBeStoppedWhenItSaidSo() {
        assertThat(status("stopped", 600, 1, null)).isEqualTo(ServiceStatus.STOPPED);
    }

    @Test
    void shouldGoByItsAnswersWhenItNeverHadAHeartbeat() {
        assertThat(status("", null, 1, 1)).isEqualTo(ServiceStatus.UP);
        assertThat(status("", null, 1, 20)).isEqualTo(ServiceStatus.DOWN);
        assertThat(status("", null, null, null)).isEqualTo(ServiceStatus.UNKNOWN);
    }
}
