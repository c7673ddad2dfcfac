package org.ehashpool.miner.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnansweredTest {
    private static final int LIMIT = 1_000;

    private final Unanswered unanswered = new Unanswered(LIMIT);
    private final List<Long> answered = new ArrayList<>();

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            unanswered.sent(1000 + i);
        }
    }

    @Test
    void shouldAnswerAllUpToTheLastThatIsCovered() {
        send(10);
        unanswered.answeredUpTo(6, answered::add);

        assertThat(answered).containsExactly(1000L, 1001L, 1002L, 1003L, 1004L, 1005L, 1006L);
        assertThat(unanswered.size()).isEqualTo(3);
    }

    @Test
    void shouldAnswerARefusedShareOnce() {
        send(4);
        unanswered.answered(2, answered::add);
        unanswered.answered(2, answered::add);
        unanswered.answeredUpTo(3, answered::add);

        assertThat(answered).containsExactly(1002L, 1000L, 1001L, 1003L);
        assertThat(unanswered.size()).isZero();
    }

    @Test
    void shouldIgnoreAnswersToWhatWasNeverSent() {
        send(2);
        unanswered.answeredUpTo(2, answered::add);
        unanswered.answered(7, answered::add);
        unanswered.answeredUpTo(0xffff_ffffL, answered::add);

        assertThat(answered).isEmpty();
        assertThat(unanswered.size()).isEqualTo(2);
    }

    @Test
    void shouldTakeNoMoreThanTheLimitAndAgainWhenAnswered() {
        send(LIMIT);
        assertThat(unanswered.isFull()).isTrue();

        unanswered.answeredUpTo(LIMIT - 1, answered::add);
        assertThat(unanswered.isFull()).isFalse();
        assertThat(answered).hasSize(LIMIT);
    }

    @Test
    void shouldKeepTheOrderOverManyRounds() {
        long sequence = 0;
        for (int round = 0; round < 1_000; round++) {
            send(7);
            sequence += 7;
            answered.clear();
            unanswered.answeredUpTo(sequence - 1, answered::add);
            assertThat(answered).containsExactly(1000L, 1001L, 1002L, 1003L, 1004L, 1005L, 1006L);
        }
    }
}
