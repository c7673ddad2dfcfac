package org.ehashpool.templateprovider.chain.consensus;

import java.util.List;

/**
 * What a connected block changed besides what is in it.
 *
 * @param spent per transaction after the coinbase, per input, the coin that it spent
 */
public record BlockUndo(List<List<Coin>> spent) {

    /** With the list as it is now. */
    public BlockUndo {
        spent = List.copyOf(spent);
    }

    /** Takes a block off the tip. */
    void undo(IdentifiedBlock block, CoinOverlay coins) {
        List<IdentifiedTransaction> transactions = block.transactions();
        for (int i = transactions.size() - 1; i >= 0; i--) {
            IdentifiedTransaction transaction = transactions.get(i);
            for (int j = 0; j < transaction.raw().outputs().size(); j++) {
                coins.remove(new Outpoint(transaction.id(), j));
            }
            for (int j = 0; i > 0 && j < transaction.raw().inputs().size(); j++) {
                coins.add(
                        Outpoint.spentBy(transaction.raw().inputs().get(j)),
                        spent.get(i - 1).get(j));
            }
        }
    }
}
