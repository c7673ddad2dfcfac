package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogBudgetTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldCountWhatItLeavesOutWhenThereAreTooManyLines() {
        LogBudget budget = new LogBudget(2, 0);
        assertThat(budget.take(0)).isZero();
        assertThat(budget.take(1)).isZero();
        assertThat(budget.take(2)).isNegative();
        assertThat(budget.take(SECOND - 1)).isNegative();
        assertThat(budget.take(SECOND)).isEqualTo(2);
        assertThat(budget.take(SECOND)).isZero();
        assertThat(budget.take(SECOND)).isNegative();
    }
}
