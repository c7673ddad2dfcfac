package org.ehashpool.mint;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.mint.store.StoredQuote;
import org.ehashpool.stats.event.StatsEvent;
import org.junit.jupiter.api.Test;

final class MintStatsTest {
    private static final Optional<StoredQuote.Share> SHARE =
            Optional.of(new StoredQuote.Share("ab".repeat(32), 3, Instant.EPOCH));
    private static final BigInteger LARGEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private final List<StatsEvent> told = new ArrayList<>();
    private final MintStats stats = new MintStats(told::add);

    @Test
    void shouldTellOfAQuoteWhenItIsMadeAndNotAgainWhenItIsMintedFrom() {
        stats.quoteChanged(quote(Amount.MAXIMUM, Amount.ZERO, SHARE));
        stats.quoteChanged(quote(Amount.MAXIMUM, Amount.ONE, SHARE));

        assertThat(told).containsExactly(new StatsEvent.QuoteCreated(null, "hash", 1, LARGEST));
    }

    @Test
    void shouldTellOfTheAmountThatWasMintedAndNotOfTheWholeQuote() {
        stats.issued(quote(Amount.MAXIMUM, Amount.ZERO, SHARE), Amount.of(7));

        assertThat(told).containsExactly(new StatsEvent.QuoteIssued(null, "hash", 1, BigInteger.valueOf(7)));
    }

    @Test
    void shouldNotTellOfInvoicesThatAreAskedForAndNotPaid() {
        stats.quoteChanged(quote(Amount.ZERO, Amount.ZERO, Optional.empty()));

        assertThat(told).isEmpty();
    }

    private static StoredQuote quote(Amount paid, Amount issued, Optional<StoredQuote.Share> share) {
        return new StoredQuote(
                new UUID(1, 1),
                "ehash",
                "hash",
                "",
                Optional.of(paid),
                paid,
                issued,
                Optional.empty(),
                share,
                Optional.empty(),
                OptionalLong.empty(),
                Instant.EPOCH,
                0);
    }
}
