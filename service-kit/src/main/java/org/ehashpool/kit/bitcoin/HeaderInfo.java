package org.ehashpool.kit.bitcoin;

import com.fasterxml.jackson.databind.JsonNode;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * What getblockheader says of a block.
 *
 * @param hash the block
 * @param previousHash the block before; zero for the first
 * @param height its height
 * @param bits its target in compact form
 * @param medianTime the median time of it and the ten before
 * @param confirmations 1 for the tip, −1 off the best chain
 */
public record HeaderInfo(
        U256 hash,
        U256 previousHash,
        int height,
        @U32 long bits,
        @U32 long medianTime,
        int confirmations) {

    static HeaderInfo of(JsonNode result) {
        return new HeaderInfo(
                U256.fromHex(BlockTemplate.text(result, "hash")),
                result.has("previousblockhash")
                        ? U256.fromHex(BlockTemplate.text(result, "previousblockhash"))
                        : U256.ZERO,
                (int) BlockTemplate.number(result, "height", 0, Integer.MAX_VALUE - 1L),
                BlockTemplate.bits(result),
                BlockTemplate.number(result, "mediantime", 0, 0xffff_ffffL),
                (int) BlockTemplate.number(result, "confirmations", -1, Integer.MAX_VALUE));
    }
}
