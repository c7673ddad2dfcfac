package org.ehashpool.statistics.fold;

import java.math.BigInteger;

/** Quotes of one minute, by sender, mint and unit. */
public final class QuoteCell {
    /**
     * Which quotes.
     *
     * @param minute its beginning, epoch milliseconds
     * @param mint empty where the sender is the mint
     */
    public record Key(long minute, int sender, String mint, String unit) {}

    /** Which failures. */
    public record Failure(Key key, String reason) {}

    private long count;
    private BigInteger amount = BigInteger.ZERO;

    void add(long quotes, BigInteger of) {
        count += quotes;
        amount = amount.add(of);
    }

    public long count() {
        return count;
    }

    public BigInteger amount() {
        return amount;
    }
}
