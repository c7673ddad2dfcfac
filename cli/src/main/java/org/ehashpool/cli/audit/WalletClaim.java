package org.ehashpool.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/**
 * What a wallet has of a quote, as it shows it.
 *
 * @param open whether it is minting from it, and has no answer yet
 */
record WalletClaim(ShareHash shareHash, String quote, String unit, String lockingKey, BigInteger claimed, boolean open)
        implements Extracted {

    static WalletClaim read(JsonNode node) {
        return new WalletClaim(
                ShareHash.read(node),
                node.path("quote").asText(),
                node.path("unit").asText(),
                node.path("locking_key").asText(),
                Books.number(node, "claimed"),
                node.path("open").asBoolean());
    }
}
