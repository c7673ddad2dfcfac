package org.ehashpool.cli.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the orders of a pool with the quotes of a mint, one by one, in the order that both have them in. What is on its
 * way is counted apart: an order without an answer is none but a delay, and a quote whose answer the pool has not got yet
 * is asked for again.
 */
final class Comparison {
    /** Differences that are named; more are counted. */
    private static final int NAMED = 100;

    private final String mint;
    private final long cut;
    private final List<Difference> differences = new ArrayList<>();
    private long differing;
    private long matched;
    private BigInteger matchedAmount = BigInteger.ZERO;
    private BigInteger issued = BigInteger.ZERO;
    private long inFlight;
    private long answersLost;
    private long refused;
    private long elsewhere;
    private long later;

    /**
     * Nothing is compared yet.
     *
     * @param mint the x of the mint's key
     * @param cut milliseconds since 1970; the pool's extract was begun after it
     */
    Comparison(String mint, long cut) {
        this.mint = mint;
        this.cut = cut;
    }

    /** Compares all. */
    void run(Iterator<PoolOrder> orders, Iterator<MintQuote> quotes) {
        PoolOrder order = next(orders);
        MintQuote quote = next(quotes);
        while (order != null || quote != null) {
            int side =
                    order == null ? 1 : quote == null ? -1 : order.shareHash().compareTo(quote.shareHash());
            if (order != null && side < 0) {
                alone(order);
                order = next(orders);
            } else if (quote != null && side > 0) {
                alone(quote);
                quote = next(quotes);
            } else if (order != null && quote != null) {
                both(order, quote);
                order = next(orders);
                quote = next(quotes);
            }
        }
    }

    private static <T> @Nullable T next(Iterator<T> lines) {
        return lines.hasNext() ? lines.next() : null;
    }

    private void alone(PoolOrder order) {
        if (!order.mint().equals(mint)) {
            elsewhere++;
        } else if (order.isQuoted()) {
            differs("quote-missing", order, "quoted as " + order.quote() + " of " + order.amount() + ", and not there");
        } else if (order.state().equals("refused")) {
            refused++;
        } else {
            inFlight++;
        }
    }

    private void alone(MintQuote quote) {
        if (quote.createdAt() > cut) {
            later++;
        } else {
            differs("quote-without-order", quote, quote.quote() + " of " + quote.paid() + ", never ordered");
        }
    }

    private void both(PoolOrder order, MintQuote quote) {
        issued = issued.add(new BigInteger(quote.issued()));
        if (!order.mint().equals(mint)) {
            differs("paid-twice", quote, quote.quote() + " of " + quote.paid() + ", and the order is another mint's");
        } else if (!quote.answers(order)) {
            differs("quote-differs", quote, "ordered " + text(order) + ", quoted " + text(quote));
        } else if (order.isQuoted() && !order.quote().equals(quote.quote())) {
            differs("quote-differs", quote, "the pool knows it as " + order.quote() + ", the mint as " + quote.quote());
        } else {
            matched++;
            matchedAmount = matchedAmount.add(new BigInteger(quote.paid()));
            if (!order.isQuoted()) {
                answersLost++;
            }
        }
    }

    private static String text(PoolOrder order) {
        return "%s %s for %d shares to %s"
                .formatted(order.amount(), order.unit(), order.shareCount(), order.lockingKey());
    }

    private static String text(MintQuote quote) {
        return "%s %s for %d shares to %s"
                .formatted(quote.paid(), quote.unit(), quote.shareCount(), quote.lockingKey());
    }

    private void differs(String kind, Extracted line, String detail) {
        differs(new Difference(kind, "share " + line.shareHash().text(), detail));
    }

    /** Adds one that was found elsewhere. */
    void differs(Difference difference) {
        differing++;
        if (differences.size() < NAMED) {
            differences.add(difference);
        }
    }

    /** All of them, named or not. */
    long differing() {
        return differing;
    }

    /** The first ones. */
    List<Difference> differences() {
        return List.copyOf(differences);
    }

    /** Orders that have the quote they asked for. */
    long matched() {
        return matched;
    }

    /** What these pay. */
    BigInteger matchedAmount() {
        return matchedAmount;
    }

    /** What was minted of the quotes that the pool knows. */
    BigInteger issued() {
        return issued;
    }

    /** Orders that the mint has not made a quote for yet. */
    long inFlight() {
        return inFlight;
    }

    /** Quotes whose answers the pool has not got yet. */
    long answersLost() {
        return answersLost;
    }

    /** Orders that the mint refuses for good: to be looked at, and still owed. */
    long refused() {
        return refused;
    }

    /** Orders of other mints, or of none. */
    long elsewhere() {
        return elsewhere;
    }

    /** Quotes that were made after the audit began. */
    long later() {
        return later;
    }
}
