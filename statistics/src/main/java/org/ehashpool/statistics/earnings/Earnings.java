package org.ehashpool.statistics.earnings;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * What a mint says of some keys.
 *
 * @param mint its URL
 * @param at when it was asked
 * @param complete whether all quotes were looked at; if not, more was earned than is said here
 * @param keys in the order in which they were asked for
 */
public record Earnings(String mint, Instant at, boolean complete, List<OfKey> keys) {
    public Earnings {
        keys = List.copyOf(keys);
    }

    /**
     * What a key earned.
     *
     * @param key 66 hexadecimal digits in lower case
     * @param totals by unit; empty where the mint knows no quote of it
     * @param latest the quotes that changed last, the newest first
     */
    public record OfKey(String key, List<Total> totals, List<Quote> latest) {
        public OfKey {
            totals = List.copyOf(totals);
            latest = List.copyOf(latest);
        }
    }

    /** Of all quotes of a unit: what was earned is what was issued and what is unclaimed. */
    public record Total(String unit, long quotes, BigInteger earned, BigInteger issued, BigInteger unclaimed) {}

    /** A quote, with when it was paid or last minted from. */
    public record Quote(String id, String unit, BigInteger earned, BigInteger issued, Instant updatedAt) {

        /** What can still be minted. */
        public BigInteger unclaimed() {
            return earned.subtract(issued);
        }
    }
}
