package org.ehashpool.templateprovider.chain.node;

import org.ehashpool.sv2.type.U256;

/**
 * The chain at one moment, for any thread.
 *
 * @param tip hash of the last block
 * @param height its height
 * @param coins unspent outputs
 * @param mempoolTransactions in number
 * @param mempoolBytes serialised, with witnesses
 * @param mempoolUpdates changes of the mempool since the start
 */
public record ChainStatus(
        U256 tip, int height, int coins, int mempoolTransactions, long mempoolBytes, long mempoolUpdates) {

    /** Names a template's state for long polls (BIP 22): the tip, then the mempool's changes. */
    public String longPollId() {
        return tip.toHex() + mempoolUpdates;
    }
}
