package org.ehashpool.mint.issue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.store.QuoteTable;
import org.ehashpool.mint.store.StoredQuote;

/** How much is minted from which quote. Pure. */
final class IssueRules {

    /** Its quotes are for one amount, and minted at once. */
    private static final String WHOLE_QUOTES_METHOD = "bolt11";

    private IssueRules() {}

    /**
     * The shares of a request's quotes in its outputs.
     *
     * @param quotes all of the request's quotes, by id
     * @param total the outputs' sum
     */
    static Outcome<List<QuoteTable.Issue>> shares(IssueRequest request, Map<UUID, StoredQuote> quotes, Amount total) {
        List<QuoteTable.Issue> shares = new ArrayList<>();
        BigInteger sum = BigInteger.ZERO;
        for (IssueRequest.Part part : request.parts()) {
            StoredQuote quote = quotes.get(part.quote());
            if (quote == null) {
                return Outcome.refused(ErrorCode.QUOTE_UNKNOWN, "no such quote");
            }
            if (quote.paid().isZero()) {
                return Outcome.refused(ErrorCode.QUOTE_NOT_PAID, "the quote is not paid");
            }
            Amount mintable = quote.mintable();
            if (mintable.isZero()) {
                return Outcome.refused(ErrorCode.QUOTE_ISSUED, "everything was minted from the quote");
            }
            Amount amount = request.batch() ? part.amount().orElse(mintable) : total;
            if (amount.isZero() || amount.compareTo(mintable) > 0) {
                return Outcome.refused(
                        ErrorCode.TRANSACTION_UNBALANCED, amount + " of a quote that has " + mintable + " to mint");
            }
            if (quote.method().equals(WHOLE_QUOTES_METHOD) && !amount.equals(mintable)) {
                return Outcome.refused(
                        ErrorCode.TRANSACTION_UNBALANCED,
                        amount + " of a quote that is minted as a whole: " + mintable);
            }
            shares.add(new QuoteTable.Issue(quote, amount));
            sum = sum.add(amount.toBigInteger());
        }
        return sum.equals(total.toBigInteger())
                ? Outcome.done(shares)
                : Outcome.refused(ErrorCode.TRANSACTION_UNBALANCED, "quotes " + sum + ", outputs " + total);
    }
}
