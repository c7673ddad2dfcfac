package org.ehashpool.pool.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.Test;

final class KeptTransactionsTest {
    private final KeptTransactions kept = new KeptTransactions(1_000, 4);

    private static List<Bytes> transactions(int bytes) {
        return List.of(Bytes.of(new byte[bytes]));
    }

    private void keep(long id, int bytes) {
        assertThat(kept.ask(id)).isTrue();
        kept.arrived(id, transactions(bytes));
    }

    @Test
    void shouldAskOnce() {
        assertThat(kept.ask(1)).isTrue();
        assertThat(kept.ask(1)).isFalse();
        assertThat(kept.isAwaited(1)).isTrue();
        kept.absent(1);
        assertThat(kept.ask(1)).isTrue();
    }

    @Test
    void shouldDropTheOldestWhenBytesAreTooMany() {
        keep(1, 400);
        keep(2, 400);
        keep(3, 400);
        assertThat(kept.find(1)).isEmpty();
        assertThat(kept.find(3)).isPresent();
        assertThat(kept.bytes()).isLessThanOrEqualTo(1_000);
        assertThat(kept.templates()).isEqualTo(2);
    }

    @Test
    void shouldDropTheOldestWhenTemplatesAreTooMany() {
        for (int i = 1; i <= 5; i++) {
            keep(i, 1);
        }
        assertThat(kept.find(1)).isEmpty();
        assertThat(kept.templates()).isEqualTo(4);
    }

    @Test
    void shouldKeepNothingThatAloneIsTooLarge() {
        keep(1, 10);
        keep(2, 1_001);
        assertThat(kept.find(1)).isPresent();
        assertThat(kept.find(2)).isEmpty();
    }

    @Test
    void shouldKeepTheLastTwoTips() {
        keep(1, 1);
        kept.newTip();
        keep(2, 1);
        assertThat(kept.find(1)).isPresent();
        kept.newTip();
        assertThat(kept.find(1)).isEmpty();
        assertThat(kept.find(2)).isPresent();
        kept.newTip();
        assertThat(kept.bytes()).isZero();
    }

    @Test
    void shouldIgnoreWhatNobodyAskedFor() {
        kept.arrived(9, transactions(5));
        assertThat(kept.find(9)).isEmpty();
        assertThat(kept.bytes()).isZero();
    }
}
