package org.ehashpool.kit.bitcoin;

import com.fasterxml.jackson.databind.JsonNode;
import org.ehashpool.sv2.type.U256;

/**
 * What getblockchaininfo says.
 *
 * @param chain {@code main}, {@code test}, {@code testnet4}, {@code signet} or {@code regtest}
 * @param blocks height of the tip
 * @param headers height of the best known header
 * @param bestHash the tip
 * @param initialDownload whether the node still downloads the chain
 */
public record ChainInfo(String chain, int blocks, int headers, U256 bestHash, boolean initialDownload) {

    static ChainInfo of(JsonNode result) {
        JsonNode downloading = result.path("initialblockdownload");
        if (!downloading.isBoolean()) {
            throw new IllegalArgumentException("initialblockdownload: true or false expected");
        }
        return new ChainInfo(
                BlockTemplate.text(result, "chain"),
                (int) BlockTemplate.number(result, "blocks", 0, Integer.MAX_VALUE),
                (int) BlockTemplate.number(result, "headers", -1, Integer.MAX_VALUE),
                U256.fromHex(BlockTemplate.text(result, "bestblockhash")),
                downloading.booleanValue());
    }
}
