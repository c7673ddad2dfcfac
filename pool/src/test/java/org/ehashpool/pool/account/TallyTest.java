package org.ehashpool.pool.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Map;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.vardiff.WorkWindow;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final long START = 1_700_000_003_000L;

    @Test
    void shouldSumWorkExactlyWhenItIsBeyondADouble() {
        Tally tally = new Tally(START);
        Target hard = Target.ofDifficulty(1e12);
        tally.accepted(hard, 3, START);
        tally.accepted(Target.EASIEST, 1, START + 1);

        Tally.Figures figures = tally.figures(START + 1);

        assertThat(figures.work())
                .isEqualTo(hard.work().multiply(BigInteger.valueOf(3)).add(BigInteger.ONE));
        assertThat(figures.accepted()).isEqualTo(4);
        assertThat(figures.lastAcceptedAt()).isEqualTo(START + 1);
    }

    @Test
    void shouldCountRefusalsByTheCodeThatMinersAreTold() {
        Tally tally = new Tally(START);
        tally.rejected(ShareError.STALE_SHARE, 2);
        tally.rejected(ShareError.DUPLICATE_SHARE, 1);

        assertThat(tally.figures(START).rejected()).isEqualTo(Map.of("stale-share", 2L, "duplicate-share", 1L));
        assertThat(tally.figures(START).plus(tally.figures(START)).rejectedInAll())
                .isEqualTo(6);
    }

    @Test
    void shouldEstimateTheHashRateOverTheTimeThatThereWasWhenItIsShort() {
        Tally tally = new Tally(START);
        for (int second = 0; second < 60; second++) {
            tally.accepted(Target.ofExpectedHashes(1_000), 1, START + second * 1_000L);
        }

        assertThat(tally.figures(START + 60_000).hashRate()).isCloseTo(1_000, within(1.0));
    }

    @Test
    void shouldForgetWorkThatIsOlderThanTheWindow() {
        Tally tally = new Tally(START);
        for (int second = 0; second < 600; second++) {
            double hashes = second < 300 ? 1_000_000 : 1_000;
            tally.accepted(Target.ofExpectedHashes(hashes), 1, START + second * 1_000L);
        }

        assertThat(tally.figures(START + 620_000).hashRate()).isCloseTo(1_000, within(100.0));
        assertThat(tally.figures(START + 2_000_000).hashRate()).isZero();
    }

    @Test
    void shouldNotLoseWorkWhenTheClockIsSetBack() {
        WorkWindow window = new WorkWindow(START);
        window.add(1_000, START + 100_000);
        window.add(1_000, START);

        assertThat(window.hashRate(START + 100_000)).isCloseTo(20, within(0.5));
    }
}
