package org.ehashpool.cashu.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.ehashpool.cashu.amount.Amount;
import org.junit.jupiter.api.Test;

class QuoteCountersTest {

    private static final long NOW = 1_800_000_000;

    private final QuoteCounters unpaid = QuoteCounters.created(NOW);
    private final QuoteCounters paid = unpaid.pay(Amount.of(10), NOW).orElseThrow();

    @Test
    void shouldDeriveTheStateFromTheCounters() {
        QuoteCounters half = paid.issue(Amount.of(4), NOW).orElseThrow();
        QuoteCounters issued = half.issue(Amount.of(6), NOW).orElseThrow();

        assertThat(unpaid.state()).isEqualTo(QuoteState.UNPAID);
        assertThat(paid.state()).isEqualTo(QuoteState.PAID);
        assertThat(half.state()).isEqualTo(QuoteState.PAID);
        assertThat(half.mintable()).isEqualTo(Amount.of(6));
        assertThat(issued.state()).isEqualTo(QuoteState.ISSUED);
        assertThat(issued.pay(Amount.ONE, NOW).orElseThrow().state()).isEqualTo(QuoteState.PAID);
    }

    @Test
    void shouldHaveALaterTimeWithEveryChangeWhateverTheClockSays() {
        QuoteCounters sameSecond = paid.issue(Amount.ONE, NOW).orElseThrow();
        QuoteCounters backwards = sameSecond.issue(Amount.ONE, NOW - 1000).orElseThrow();
        QuoteCounters later = backwards.issue(Amount.ONE, NOW + 1000).orElseThrow();

        assertThat(paid.updatedAt()).isEqualTo(NOW + 1);
        assertThat(sameSecond.updatedAt()).isEqualTo(NOW + 2);
        assertThat(backwards.updatedAt()).isEqualTo(NOW + 3);
        assertThat(later.updatedAt()).isEqualTo(NOW + 1000);
        assertThat(later.newerThan(backwards)).isTrue();
        assertThat(backwards.newerThan(later)).isFalse();
        assertThat(later.newerThan(later)).isFalse();
    }

    @Test
    void shouldNeverIssueMoreThanWasPaid() {
        assertThat(paid.issue(Amount.of(11), NOW)).isEmpty();
        assertThat(paid.issue(Amount.MAXIMUM, NOW)).isEmpty();
        assertThat(unpaid.issue(Amount.ONE, NOW)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new QuoteCounters(Amount.of(1), Amount.of(2), NOW));
    }

    @Test
    void shouldNotWrapAroundWhenPaymentsSumUp() {
        assertThat(paid.pay(Amount.MAXIMUM, NOW)).isEmpty();
        assertThat(paid.pay(Amount.MAXIMUM.minus(Amount.of(10)), NOW)
                        .orElseThrow()
                        .paid())
                .isEqualTo(Amount.MAXIMUM);
    }

    @Test
    void shouldRefuseAChangeOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> paid.pay(Amount.ZERO, NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> paid.issue(Amount.ZERO, NOW));
    }
}
