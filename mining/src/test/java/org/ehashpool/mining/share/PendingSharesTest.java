package org.ehashpool.mining.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class PendingSharesTest {
    private final PendingShares pending = new PendingShares(9, 100);

    @Test
    void shouldAcknowledgeSeveralSharesAtOnce() {
        pending.add(1, Target.ofDifficulty(1));
        pending.add(2, Target.ofDifficulty(2));
        pending.add(3, Target.ofDifficulty(4));

        assertThat(pending.acknowledge(2)).contains(new SubmitSharesSuccess(9, 2, 2, 3));
        assertThat(pending.acknowledge(5)).contains(new SubmitSharesSuccess(9, 3, 1, 4));
        assertThat(pending.acknowledge(1)).isEmpty();
    }

    @Test
    void shouldNotLoseDifficultiesBelowOne() {
        long sum = 0;
        for (int i = 1; i <= 10; i++) {
            pending.add(i, Target.ofDifficulty(0.25));
            sum += pending.acknowledge(1).orElseThrow().newSharesSum();
        }

        // A quarter is cut off to the 2^-32 below it.
        assertThat(sum).isEqualTo(2);
    }

    @Test
    void shouldSaturateTheSum() {
        pending.add(1, Target.of(U256.ZERO));
        pending.add(2, Target.ofDifficulty(7));

        assertThat(pending.acknowledge(2).orElseThrow().newSharesSum()).isEqualTo(-1);
    }

    @Test
    void shouldRefuseInOrderWhatCannotBeRecorded() {
        pending.add(5, Target.DIFFICULTY_ONE);
        pending.add(6, Target.DIFFICULTY_ONE);
        pending.add(7, Target.DIFFICULTY_ONE);

        assertThat(pending.refuse(2, ShareError.STORAGE_UNAVAILABLE))
                .containsExactly(
                        new SubmitSharesError(9, 5, ShareError.STORAGE_UNAVAILABLE.code()),
                        new SubmitSharesError(9, 6, ShareError.STORAGE_UNAVAILABLE.code()));
        assertThat(pending.acknowledge(9)).contains(new SubmitSharesSuccess(9, 7, 1, 1));
    }

    @Test
    void shouldKnowWhenItIsFull() {
        for (int i = 0; i < 100; i++) {
            assertThat(pending.isFull()).isFalse();
            pending.add(i, Target.DIFFICULTY_ONE);
        }
        assertThat(pending.isFull()).isTrue();
        assertThat(pending.size()).isEqualTo(100);
    }
}
