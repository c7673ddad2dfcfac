package org.ehashpool.translator.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpeningsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Openings<String> openings = new Openings<>();

    @Test
    void shouldAskForAFewAtATimeWhenManyWant() {
        for (int i = 0; i < 1_000; i++) {
            openings.want("miner " + i);
        }
        List<String> asked = new ArrayList<>();
        for (Optional<String> next = openings.next(); next.isPresent(); next = openings.next()) {
            openings.asked(asked.size(), next.get(), 0);
            asked.add(next.get());
        }
        assertThat(asked).hasSize(Openings.AT_ONCE).startsWith("miner 0", "miner 1");

        assertThat(openings.answered(1)).contains("miner 1");
        openings.opened("miner 1");
        assertThat(openings.next()).contains("miner " + Openings.AT_ONCE);
        assertThat(openings.wanted()).isEqualTo(999);
    }

    @Test
    void shouldWaitLongerAndLongerWhenRefused() {
        long now = 0;
        for (int failure = 0; failure < 12; failure++) {
            openings.retry("miner", now);
            long wait = SECOND << Math.min(failure, 6);
            openings.wake(now + wait - 1);
            assertThat(openings.next()).as("failure " + failure).isEmpty();
            openings.wake(now + wait);
            assertThat(openings.next()).contains("miner");
            now += wait - 1;
        }
    }

    @Test
    void shouldForgiveWhenNothingFailedForAWhile() {
        openings.retry("miner", 0);
        openings.retry("miner", 10);
        openings.retry("miner", 301 * SECOND);

        openings.wake(302 * SECOND);

        assertThat(openings.next()).contains("miner");
    }

    @Test
    void shouldNotAskWhenNobodyWantsItAnyMore() {
        openings.want("here");
        openings.want("gone");
        openings.forget("gone");
        openings.retry("refused", 0);
        openings.forget("refused");
        openings.wake(100 * SECOND);

        assertThat(openings.next()).contains("here");
        assertThat(openings.next()).isEmpty();
        assertThat(openings.isQuiet()).isTrue();
    }

    @Test
    void shouldTellThatNobodyAnswers() {
        openings.want("miner");
        openings.asked(1, openings.next().orElseThrow(), 5 * SECOND);

        assertThat(openings.unansweredSince(4 * SECOND)).isFalse();
        assertThat(openings.unansweredSince(5 * SECOND)).isTrue();
        assertThat(openings.answered(2)).isEmpty();
        assertThat(openings.answered(1)).contains("miner");
        assertThat(openings.unansweredSince(5 * SECOND)).isFalse();
    }
}
