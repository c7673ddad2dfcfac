package org.ehashpool.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CatchUpTest {
    private final CatchUp caughtUp = new CatchUp(10);

    private void look(long seconds, long waiting, long quotes, long shares) {
        caughtUp.take(new CatchUp.Sample(TimeUnit.SECONDS.toNanos(seconds), waiting, quotes, shares));
    }

    @Test
    void shouldCountFromTheFirstQuoteWhenTheMintTakesItsTime() {
        look(0, 900, 100, 100);
        look(5, 1_000, 100, 100);
        look(6, 500, 150, 700);
        look(7, 10, 200, 1_300);
        look(8, 400, 9_000, 9_000);

        assertThat(caughtUp.isDone()).isTrue();
        assertThat(caughtUp.text()).isEqualTo("from 1,000 shares to 10 in 2.0 s: 50 quotes/s for 600 shares/s");
    }

    @Test
    void shouldSaySoWhenThereIsStillABacklog() {
        look(0, 1_000, 100, 100);
        look(1, 900, 200, 200);

        assertThat(caughtUp.isDone()).isFalse();
        assertThat(caughtUp.text()).endsWith(", not caught up");
    }

    @Test
    void shouldSaySoWhenNoQuoteIsMade() {
        look(0, 1_000, 100, 100);
        look(1, 1_100, 100, 100);

        assertThat(caughtUp.text()).isEqualTo("no quote was made");
    }
}
