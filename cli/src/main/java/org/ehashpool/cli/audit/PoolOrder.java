package org.ehashpool.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An order of a quote, as the pool shows it.
 *
 * @param shareHash the order's identity
 * @param mint the x of the mint's key; empty while it waits for another mint
 * @param quote empty unless there is one
 */
record PoolOrder(
        ShareHash shareHash,
        String mint,
        String state,
        String quote,
        long shareCount,
        String amount,
        String unit,
        String lockingKey)
        implements Extracted {

    static PoolOrder read(JsonNode node) {
        return new PoolOrder(
                ShareHash.read(node),
                node.path("mint").asText(""),
                node.path("state").asText(),
                node.path("quote").asText(""),
                node.path("share_count").asLong(),
                node.path("amount").asText(),
                node.path("unit").asText(),
                node.path("locking_key").asText());
    }

    boolean isQuoted() {
        return state.equals("quoted");
    }
}
