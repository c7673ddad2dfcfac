package org.ehashpool.poolstats.earnings;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.statistics.earnings.Earnings;

/** Quotes of some keys as a mint tells them page by page, added up. Not thread-safe. */
final class QuoteSum {
    /** Of each key. */
    private static final int LATEST = 20;

    private final Map<PublicKey, List<QuoteAnswer>> quotes = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();

    QuoteSum(List<PublicKey> keys) {
        keys.forEach(key -> quotes.put(key, new ArrayList<>()));
    }

    /**
     * Adds a page.
     *
     * @throws IllegalArgumentException if it has a quote of another key, or one that was there before
     */
    void add(List<QuoteAnswer> page) {
        for (QuoteAnswer quote : page) {
            List<QuoteAnswer> ofKey = quote.pubkey()
                    .map(quotes::get)
                    .orElseThrow(() -> new IllegalArgumentException("a quote of a key that was not asked for"));
            if (!seen.add(quote.quote())) {
                throw new IllegalArgumentException("a quote that was there before");
            }
            ofKey.add(quote);
        }
    }

    /** How many there are of all keys. */
    int size() {
        return seen.size();
    }

    /** By key, in the order of the keys. */
    List<Earnings.OfKey> keys() {
        return quotes.entrySet().stream()
                .map(entry -> new Earnings.OfKey(
                        entry.getKey().toString(), totals(entry.getValue()), latest(entry.getValue())))
                .toList();
    }

    private static List<Earnings.Total> totals(List<QuoteAnswer> quotes) {
        Map<String, Earnings.Total> totals = new TreeMap<>();
        for (QuoteAnswer quote : quotes) {
            BigInteger paid = quote.counters().paid().toBigInteger();
            BigInteger issued = quote.counters().issued().toBigInteger();
            totals.merge(
                    quote.unit(),
                    new Earnings.Total(quote.unit(), 1, paid, issued, paid.subtract(issued)),
                    (before, one) -> new Earnings.Total(
                            before.unit(),
                            before.quotes() + 1,
                            before.earned().add(one.earned()),
                            before.issued().add(one.issued()),
                            before.unclaimed().add(one.unclaimed())));
        }
        return List.copyOf(totals.values());
    }

    private static List<Earnings.Quote> latest(List<QuoteAnswer> quotes) {
        return quotes.stream()
                .sorted(Comparator.comparingLong(QuoteSum::updatedAt).reversed().thenComparing(QuoteAnswer::quote))
                .limit(LATEST)
                .map(quote -> new Earnings.Quote(
                        quote.quote(),
                        quote.unit(),
                        quote.counters().paid().toBigInteger(),
                        quote.counters().issued().toBigInteger(),
                        Instant.ofEpochSecond(Math.min(updatedAt(quote), Instant.MAX.getEpochSecond()))))
                .toList();
    }

    private static long updatedAt(QuoteAnswer quote) {
        return quote.counters().updatedAt();
    }
}
