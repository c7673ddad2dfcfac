package org.ehashpool.cli.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares a wallet's claims with what its mint has issued, quote by quote: what the mint issued is the truth, and a
 * wallet's own sums are not asked for. Quotes come one by one in the order of their share hashes, as the claims are.
 *
 * <p>The wallet was read before the mint: what was issued since is no difference. What was issued and is not claimed may
 * have come back with the seed instead, which no quote is known for: it is no difference up to what was restored.
 */
final class WalletComparison {
    /** Differences that are named; more are counted. */
    private static final int NAMED = 100;

    private final Set<String> keys;
    private final Iterator<WalletClaim> claims;
    private final Function<ShareHash, Optional<WalletClaim>> again;
    private final long at;
    private final Map<String, Totals> byKey = new TreeMap<>();
    private final Map<String, Lacking> lacking = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private @Nullable WalletClaim next;
    private @Nullable ShareHash last;
    private long differing;
    private long matched;
    private long underWay;
    private long later;

    /**
     * Nothing is compared yet.
     *
     * @param keys the wallet's
     * @param claims as they were before the mint was asked
     * @param again the same claim now, empty if that cannot be told
     * @param at when the claims were extracted
     */
    WalletComparison(
            Set<String> keys, Iterator<WalletClaim> claims, Function<ShareHash, Optional<WalletClaim>> again, long at) {
        this.keys = Set.copyOf(keys);
        this.claims = claims;
        this.again = again;
        this.at = at;
        advance();
    }

    /** What quotes of a key and a unit come to. */
    static final class Totals {
        private long quotes;
        private BigInteger paid = BigInteger.ZERO;
        private BigInteger issued = BigInteger.ZERO;
        private BigInteger claimed = BigInteger.ZERO;

        long quotes() {
            return quotes;
        }

        BigInteger paid() {
            return paid;
        }

        BigInteger issued() {
            return issued;
        }

        BigInteger claimed() {
            return claimed;
        }
    }

    /** What was issued and not claimed, of a unit. */
    private static final class Lacking {
        private BigInteger sum = BigInteger.ZERO;
        private long quotes;
        private final List<Difference> named = new ArrayList<>();
    }

    private void advance() {
        WalletClaim following = claims.hasNext() ? claims.next() : null;
        ShareHash before = last;
        if (following != null && before != null && before.compareTo(following.shareHash()) >= 0) {
            throw new IllegalStateException("the wallet's claims are out of order at share "
                    + following.shareHash().text());
        }
        last = following == null ? before : following.shareHash();
        next = following;
    }

    /** The mint's next quote, whoever's it is. */
    void accept(MintQuote quote) {
        WalletClaim claim = next;
        while (claim != null && claim.shareHash().compareTo(quote.shareHash()) < 0) {
            alone(claim);
            advance();
            claim = next;
        }
        if (claim != null && claim.shareHash().equals(quote.shareHash())) {
            compare(quote, Optional.of(claim));
            advance();
        } else if (keys.contains(quote.lockingKey())) {
            compare(quote, Optional.empty());
        }
    }

    /**
     * There are no more quotes.
     *
     * @param restored by unit, what the wallet got back without knowing of which quote
     */
    void finish(Map<String, BigInteger> restored) {
        while (next != null) {
            alone(Objects.requireNonNull(next));
            advance();
        }
        lacking.forEach((unit, rest) -> {
            if (rest.sum.compareTo(restored.getOrDefault(unit, BigInteger.ZERO)) > 0) {
                rest.named.forEach(this::differs);
                differing += rest.quotes - rest.named.size();
            }
        });
    }

    private void alone(WalletClaim claim) {
        if (claim.claimed().signum() > 0) {
            differs(
                    "wallet-quote-unknown",
                    claim,
                    "claimed " + claim.claimed() + " of " + claim.quote() + ", which the mint does not know");
        }
    }

    private void compare(MintQuote quote, Optional<WalletClaim> known) {
        BigInteger issued = new BigInteger(quote.issued());
        BigInteger claimed = known.map(WalletClaim::claimed).orElse(BigInteger.ZERO);
        if (known.isPresent() && !isOf(known.get(), quote)) {
            differs("wallet-quote-differs", quote, "the wallet knows it as another quote, unit or key's");
        } else if (claimed.compareTo(issued) > 0) {
            differs("wallet-claims-more", quote, "issued " + issued + ", and the wallet claims " + claimed);
        } else if (claimed.equals(issued)) {
            matched++;
        } else {
            claimed = lacks(quote, issued, claimed);
        }
        Totals totals = byKey.computeIfAbsent(quote.lockingKey() + " " + quote.unit(), key -> new Totals());
        totals.quotes++;
        totals.paid = totals.paid.add(new BigInteger(quote.paid()));
        totals.issued = totals.issued.add(issued);
        totals.claimed = totals.claimed.add(claimed);
    }

    /** More is issued than the wallet had claimed when it was asked: what has it now? */
    private BigInteger lacks(MintQuote quote, BigInteger issued, BigInteger claimed) {
        Optional<WalletClaim> now = again.apply(quote.shareHash());
        BigInteger present = now.map(WalletClaim::claimed).orElse(claimed);
        if (present.compareTo(issued) >= 0) {
            matched++;
            return issued;
        }
        if (now.filter(WalletClaim::open).isPresent()) {
            underWay++;
        } else if (quote.createdAt() > at) {
            later++;
        } else {
            Lacking rest = lacking.computeIfAbsent(quote.unit(), unit -> new Lacking());
            rest.sum = rest.sum.add(issued.subtract(present));
            rest.quotes++;
            if (rest.named.size() < NAMED) {
                rest.named.add(new Difference(
                        "wallet-claims-less",
                        "share " + quote.shareHash().text(),
                        "issued " + issued + " to " + quote.lockingKey() + ", and the wallet claims " + present));
            }
        }
        return present;
    }

    private static boolean isOf(WalletClaim claim, MintQuote quote) {
        return claim.quote().equals(quote.quote())
                && claim.unit().equals(quote.unit())
                && claim.lockingKey().equals(quote.lockingKey());
    }

    private void differs(String kind, Extracted line, String detail) {
        differs(new Difference(kind, "share " + line.shareHash().text(), detail));
    }

    private void differs(Difference difference) {
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

    /** Quotes of which the wallet has claimed what is issued. */
    long matched() {
        return matched;
    }

    /** Quotes that the wallet is minting from. */
    long underWay() {
        return underWay;
    }

    /** Quotes that were made, and minted from, after the wallet was read. */
    long later() {
        return later;
    }

    /** What was issued of a unit without a claim: it came back with the seed, or is a difference. */
    BigInteger unclaimed(String unit) {
        Lacking rest = lacking.get(unit);
        return rest == null ? BigInteger.ZERO : rest.sum;
    }

    /** By key and unit, with a space between. */
    Map<String, Totals> byKey() {
        return Map.copyOf(byKey);
    }
}
