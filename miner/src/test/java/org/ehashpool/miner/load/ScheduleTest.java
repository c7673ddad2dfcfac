package org.ehashpool.miner.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldSpaceSharesEvenly() {
        Schedule schedule = new Schedule(5, 4);

        assertThat(schedule.due(0)).isEqualTo(5);
        assertThat(schedule.due(3)).isEqualTo(5 + 3 * SECOND / 4);
        assertThat(schedule.count(4)).isZero();
        assertThat(schedule.count(5)).isEqualTo(1);
        assertThat(schedule.count(5 + SECOND)).isEqualTo(5);
    }

    @Test
    void shouldNameNoneWhenTheRateIsZero() {
        assertThat(new Schedule(0, 0).count(SECOND)).isZero();
    }
}
