package org.ehashpool.cashu.quote;

import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;

/**
 * A mint quote's counters (NUT-04): neither of the amounts ever sinks, never is more issued than was paid, and each
 * change has a later time than the one before, even within a second. So whoever holds two answers knows the newer.
 *
 * @param paid {@code amount_paid}
 * @param issued {@code amount_issued}, no more than {@code paid}
 * @param updatedAt {@code updated_at}, in seconds since the epoch; ahead of the clock when changes are many
 */
public record QuoteCounters(Amount paid, Amount issued, long updatedAt) {

    /** As they may be. */
    public QuoteCounters {
        if (issued.compareTo(paid) > 0) {
            throw new IllegalArgumentException("more issued than paid: " + issued + " of " + paid);
        }
    }

    /** Of a new quote. */
    public static QuoteCounters created(long now) {
        return new QuoteCounters(Amount.ZERO, Amount.ZERO, now);
    }

    /** What can still be minted. */
    public Amount mintable() {
        return paid.minus(issued);
    }

    public QuoteState state() {
        if (paid.isZero()) {
            return QuoteState.UNPAID;
        }
        return mintable().isZero() ? QuoteState.ISSUED : QuoteState.PAID;
    }

    /**
     * After a payment; empty when the sum of all payments would be above 2^64−1.
     *
     * @param amount above 0
     * @param now in seconds since the epoch
     */
    public Optional<QuoteCounters> pay(Amount amount, long now) {
        checkChange(amount);
        return amount.compareTo(Amount.MAXIMUM.minus(paid)) > 0
                ? Optional.empty()
                : Optional.of(new QuoteCounters(paid.plus(amount), issued, next(now)));
    }

    /**
     * After ecash was issued; empty when that is more than {@link #mintable}.
     *
     * @param amount above 0
     * @param now in seconds since the epoch
     */
    public Optional<QuoteCounters> issue(Amount amount, long now) {
        checkChange(amount);
        return amount.compareTo(mintable()) > 0
                ? Optional.empty()
                : Optional.of(new QuoteCounters(paid, issued.plus(amount), next(now)));
    }

    /** For a wallet: whether this answer of a mint replaces another one about the same quote. */
    public boolean newerThan(QuoteCounters known) {
        return updatedAt > known.updatedAt;
    }

    private long next(long now) {
        return Math.max(now, Math.addExact(updatedAt, 1));
    }

    private static void checkChange(Amount amount) {
        if (amount.isZero()) {
            throw new IllegalArgumentException("a change of 0 is none");
        }
    }
}
