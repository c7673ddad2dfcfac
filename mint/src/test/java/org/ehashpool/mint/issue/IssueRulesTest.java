package org.ehashpool.mint.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.StoredQuote;
import org.junit.jupiter.api.Test;

final class IssueRulesTest {

    private static final UUID ID = new UUID(1, 2);

    @Test
    void shouldMintPartOfAnEhashQuoteButABolt11QuoteAsAWholeOnly() {
        assertThat(shares("ehash", 10, 2, 3)).isInstanceOf(Outcome.Done.class);
        assertThat(shares("bolt11", 10, 0, 10)).isInstanceOf(Outcome.Done.class);
        assertThat(code(shares("bolt11", 10, 0, 3))).isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
    }

    @Test
    void shouldRefuseWhenUnpaidIssuedOrTooMuch() {
        assertThat(code(shares("ehash", 0, 0, 1))).isEqualTo(ErrorCode.QUOTE_NOT_PAID);
        assertThat(code(shares("ehash", 5, 5, 1))).isEqualTo(ErrorCode.QUOTE_ISSUED);
        assertThat(code(shares("ehash", 5, 3, 3))).isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(code(shares("ehash", 5, 3, 0))).isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(code(shares("ehash", -1, 0, Long.MIN_VALUE))).isNull();
    }

    private static Outcome<List<QuoteTable.Issue>> shares(String method, long paid, long issued, long total) {
        StoredQuote quote = new StoredQuote(
                ID,
                method,
                "hash",
                "",
                Optional.of(Amount.of(paid)),
                Amount.of(paid),
                Amount.of(issued),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Instant.EPOCH,
                0);
        IssueRequest request = IssueRequest.single(method, ID, List.of(), Optional.empty());
        return IssueRules.shares(request, Map.of(ID, quote), Amount.of(total));
    }

    private static @org.jspecify.annotations.Nullable ErrorCode code(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?> refused ? refused.refusal().code() : null;
    }
}
