package org.ehashpool.miner.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HashPaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldAskForThePauseThatKeepsTheRate() {
        HashPace pace = new HashPace(1_000, 0);

        assertThat(pace.pause(100, 0)).isEqualTo(SECOND / 10);
        assertThat(pace.pause(100, SECOND / 10)).isEqualTo(SECOND / 10);
    }

    @Test
    void shouldNotMakeUpForALongRest() {
        HashPace pace = new HashPace(1_000, 0);
        pace.pause(1, 0);

        assertThat(pace.pause(1, 10 * SECOND)).isZero();
        assertThat(pace.pause(100, 10 * SECOND)).isEqualTo(SECOND / 10);
    }
}
