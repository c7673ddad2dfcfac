package org.ehashpool.templateprovider.template;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.ehashpool.kit.bitcoin.BlockTemplate;

/**
 * Which of the node's transactions fit beside the client's coinbase outputs. The node lists them by what they pay for
 * their weight, parents first, so that whatever is dropped is the least worth. A transaction is dropped if it does not
 * fit any more or if one of its parents was.
 */
final class Selection {
    private Selection() {}

    static List<BlockTemplate.Transaction> of(BlockTemplate template, Room room) {
        long weight = template.weightLimit() - room.weight();
        long sigops = template.sigopLimit() - room.sigopCost();
        List<BlockTemplate.Transaction> offered = template.transactions();
        BitSet places = new BitSet(offered.size());
        List<BlockTemplate.Transaction> kept = new ArrayList<>(offered.size());
        for (int index = 0; index < offered.size(); index++) {
            BlockTemplate.Transaction transaction = offered.get(index);
            if (transaction.weight() <= weight
                    && transaction.sigopCost() <= sigops
                    && transaction.parents().stream().allMatch(places::get)) {
                weight -= transaction.weight();
                sigops -= transaction.sigopCost();
                places.set(index);
                kept.add(transaction);
            }
        }
        return kept;
    }
}
