package org.ehashpool.templateprovider.chain.node;

import java.util.List;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.templateprovider.chain.consensus.BlockEntry;
import org.ehashpool.templateprovider.chain.mempool.MempoolEntry;

/**
 * What a block after the tip can be made of.
 *
 * @param previous the tip
 * @param bits its compact target
 * @param minTime the earliest time that it may have, in seconds since 1970
 * @param time what it should have now
 * @param transactions without the coinbase, each after those that it depends on
 * @param value what the coinbase may pay, in satoshis
 * @param witnessCommitment the output script that commits to the transactions' witnesses, for a reserved value of zero
 * @param status the chain's when the transactions were chosen
 */
public record BlockTemplate(
        BlockEntry previous,
        @U32 long bits,
        long minTime,
        long time,
        List<MempoolEntry> transactions,
        long value,
        Bytes witnessCommitment,
        ChainStatus status) {

    /** With the list as it is now. */
    public BlockTemplate {
        transactions = List.copyOf(transactions);
    }

    /** The block's height. */
    public int height() {
        return previous.height() + 1;
    }

    BlockTemplate at(long now) {
        return new BlockTemplate(
                previous, bits, minTime, Math.max(minTime, now), transactions, value, witnessCommitment, status);
    }
}
