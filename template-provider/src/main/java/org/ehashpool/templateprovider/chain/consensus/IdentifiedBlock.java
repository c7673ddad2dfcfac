package org.ehashpool.templateprovider.chain.consensus;

import java.util.List;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * A block and its names, computed once.
 *
 * @param serialized all its bytes
 * @param header its header
 * @param hash its header's hash
 * @param transactions the coinbase first
 * @param weight by BIP 141
 */
public record IdentifiedBlock(
        Bytes serialized, BlockHeader header, U256 hash, List<IdentifiedTransaction> transactions, long weight) {

    /** With the list as it is now. */
    public IdentifiedBlock {
        transactions = List.copyOf(transactions);
    }

    /**
     * Reads and hashes a block.
     *
     * @throws MalformedDataException if the bytes are none
     */
    public static IdentifiedBlock parse(Bytes serialized, DoubleSha256 hasher) {
        Block block = Block.parse(serialized);
        return new IdentifiedBlock(
                serialized,
                block.header(),
                block.header().hash(hasher),
                block.transactions().stream()
                        .map(transaction -> IdentifiedTransaction.of(transaction, hasher))
                        .toList(),
                block.weight());
    }

    /** The transactions' ids. */
    List<U256> ids() {
        return transactions.stream().map(IdentifiedTransaction::id).toList();
    }
}
