package org.ehashpool.miner.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.Job;
import org.junit.jupiter.api.Test;

class WorkTest {
    private static final long MASK = Job.VERSION_ROLLING_MASK;

    private static long nextNonce(Work work) {
        return work.take().orElseThrow().firstNonce();
    }

    @Test
    void shouldGoOnWhereItWasWhenTheSameJobComesUnderAnotherNumber() {
        Work first = Work.on(1, Jobs.extended(7, 8, true, Target.EASIEST), MASK, Optional.empty());
        nextNonce(first);
        Work again = Work.on(1, Jobs.extended(8, 8, true, Target.DIFFICULTY_ONE), MASK, Optional.of(first));

        assertThat(nextNonce(again)).isEqualTo(SearchSpace.RANGE);
        assertThat(nextNonce(first)).isEqualTo(2 * SearchSpace.RANGE);
    }

    @Test
    void shouldBeginAnewWhenTheJobIsAnother() {
        Work first = Work.on(1, Jobs.standard(7, 1, Target.EASIEST), MASK, Optional.empty());
        nextNonce(first);
        Work other = Work.on(1, Jobs.standard(8, 2, Target.EASIEST), MASK, Optional.of(first));

        assertThat(nextNonce(other)).isZero();
    }

    @Test
    void shouldNotRollTheVersionWhenTheJobForbidsIt() {
        Work work = Work.on(1, Jobs.extended(7, 0, false, Target.EASIEST), MASK, Optional.empty());
        SearchRange last = work.take().orElseThrow();
        for (int i = 0; i < 2_000; i++) {
            last = work.take().orElseThrow();
        }

        assertThat(last.version()).isEqualTo(0x2000_0000L);
        assertThat(last.time()).isGreaterThan(Jobs.TIME);
    }

    @Test
    void shouldLookForBlocksWhenTheShareTargetIsHarder() {
        Target hard = Target.ofExpectedHashes(1e15);
        Work work = Work.on(1, Jobs.standard(7, 1, hard), MASK, Optional.empty());

        assertThat(work.limit()).isEqualTo(Target.ofCompactBits(Jobs.HARD).orElseThrow());
    }
}
