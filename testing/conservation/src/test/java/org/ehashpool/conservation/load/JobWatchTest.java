package org.ehashpool.conservation.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.ehashpool.conservation.schedule.Phase;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

final class JobWatchTest {
    private static final List<U256> TEMPLATE = List.of(U256.of(1));
    private static final int MINER = 1;

    private final LoadFigures figures = new LoadFigures(() -> Phase.QUIET);
    private final JobWatch watch = new JobWatch(figures);

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private Histogram jobs() {
        return figures.of(Phase.QUIET).jobs();
    }

    @Test
    void shouldMeasureTheFirstReceiptOfEachMinerWhenATemplateIsMade() {
        watch.made(TEMPLATE, millis(100));
        watch.arrived(MINER, 0, TEMPLATE, millis(103));
        watch.arrived(MINER, 0, TEMPLATE, millis(5_000));
        watch.arrived(2, 0, TEMPLATE, millis(105));

        assertThat(jobs().getTotalCount()).isEqualTo(2);
        assertThat(jobs().getMaxValue()).isBetween(5_000L, 5_010L);
    }

    @Test
    void shouldMeasureAgainWhenTheSameTemplateIsMadeAgain() {
        watch.made(TEMPLATE, millis(100));
        watch.arrived(MINER, 0, TEMPLATE, millis(103));
        watch.made(TEMPLATE, millis(5_000));
        watch.arrived(MINER, 0, TEMPLATE, millis(5_001));

        assertThat(jobs().getTotalCount()).isEqualTo(2);
        assertThat(jobs().getMaxValue()).isLessThan(4_000);
    }

    @Test
    void shouldMeasureNothingWhenTheTemplateWasThereBeforeTheMiner() {
        watch.made(TEMPLATE, millis(100));
        watch.arrived(MINER, millis(200), TEMPLATE, millis(203));

        assertThat(jobs().getTotalCount()).isZero();
    }

    @Test
    void shouldMeasureNoTimeWhenAMinerHadItFirst() {
        watch.arrived(MINER, 0, TEMPLATE, millis(99));
        watch.made(TEMPLATE, millis(100));

        assertThat(jobs().getTotalCount()).isEqualTo(1);
        assertThat(jobs().getMaxValue()).isZero();
    }
}
