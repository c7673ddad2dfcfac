package org.ehashpool.mint.quote;

import java.time.Instant;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;

/**
 * What a pool orders: a quote that is paid already, for shares that it has accepted.
 *
 * @param shareHash of the newest share, 64 lower-case hex digits as block explorers print it; the order's identity
 * @param shareCount how many shares it pays for
 * @param amount in {@code unit}
 * @param unit in lower case
 * @param lockingKey who may mint
 * @param minedAt when the newest share was found
 */
public record QuoteOrder(
        String shareHash, long shareCount, Amount amount, String unit, PublicKey lockingKey, Instant minedAt) {

    /** The method of quotes that a pool orders. */
    public static final String METHOD = "ehash";

    public QuoteOrder {
        if (!shareHash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a share hash has 64 lower-case hex digits");
        }
        if (shareCount < 1) {
            throw new IllegalArgumentException("a quote pays for at least one share");
        }
    }
}
