package org.ehashpool.cashu.keyset;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.jspecify.annotations.Nullable;

/** What a keyset publishes (NUT-01): a key for each amount it signs, the least first. Immutable. */
public final class PublicKeys {

    /** More than any mint has: amounts are powers of two up to 2^63, but a wallet takes others too. */
    public static final int MAXIMUM = 256;

    private final NavigableMap<Amount, PublicKey> byAmount;

    /**
     * These keys.
     *
     * @throws IllegalArgumentException if there are none or more than {@value #MAXIMUM}, or one is for nothing
     */
    public PublicKeys(Map<Amount, PublicKey> keys) {
        if (keys.isEmpty() || keys.size() > MAXIMUM) {
            throw new IllegalArgumentException("a keyset has 1 to " + MAXIMUM + " keys, not " + keys.size());
        }
        byAmount = Collections.unmodifiableNavigableMap(new TreeMap<>(keys));
        if (byAmount.firstKey().isZero()) {
            throw new IllegalArgumentException("a keyset has no key for the amount 0");
        }
    }

    /** The key that signs an amount. */
    public Optional<PublicKey> find(Amount amount) {
        return Optional.ofNullable(byAmount.get(amount));
    }

    /** All of them, the key of the least amount first. */
    public NavigableMap<Amount, PublicKey> byAmount() {
        return byAmount;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicKeys that && byAmount.equals(that.byAmount);
    }

    @Override
    public int hashCode() {
        return byAmount.hashCode();
    }

    @Override
    public String toString() {
        return "PublicKeys[" + byAmount.size() + " from " + byAmount.firstKey() + " to " + byAmount.lastKey() + "]";
    }
}
