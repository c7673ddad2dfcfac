package org.ehashpool.wallet.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusedQuotesTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final RefusedQuotes refused = new RefusedQuotes();

    @Test
    void shouldLeaveAQuoteAloneForAWhile() {
        refused.add("quote", NOW);

        assertThat(refused.contains("quote", NOW.plus(RefusedQuotes.PAUSE).minusMillis(1)))
                .isTrue();
        assertThat(refused.contains("quote", NOW.plus(RefusedQuotes.PAUSE))).isFalse();
        assertThat(refused.contains("another", NOW)).isFalse();
    }

    @Test
    void shouldForgetTheOldestWhenThereAreTooMany() {
        for (int i = 0; i <= RefusedQuotes.MOST; i++) {
            refused.add("quote " + i, NOW);
        }

        assertThat(refused.contains("quote 0", NOW)).isFalse();
        assertThat(refused.contains("quote 1", NOW)).isTrue();
        assertThat(refused.contains("quote " + RefusedQuotes.MOST, NOW)).isTrue();
    }
}
