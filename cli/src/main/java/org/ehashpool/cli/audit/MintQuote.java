package org.ehashpool.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A quote, as the mint shows it.
 *
 * @param createdAt milliseconds since 1970, by the mint's clock
 */
record MintQuote(
        ShareHash shareHash,
        String quote,
        long shareCount,
        String unit,
        String lockingKey,
        String paid,
        String issued,
        long createdAt)
        implements Extracted {

    static MintQuote read(JsonNode node) {
        return new MintQuote(
                ShareHash.read(node),
                node.path("quote").asText(),
                node.path("share_count").asLong(),
                node.path("unit").asText(),
                node.path("locking_key").asText(),
                node.path("paid").asText(),
                node.path("issued").asText(),
                node.path("created_at").asLong());
    }

    /** Whether it is what the pool ordered. */
    boolean answers(PoolOrder order) {
        return paid.equals(order.amount())
                && unit.equals(order.unit())
                && lockingKey.equals(order.lockingKey())
                && shareCount == order.shareCount();
    }
}
