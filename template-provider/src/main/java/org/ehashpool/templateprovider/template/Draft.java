package org.ehashpool.templateprovider.template;

import java.util.List;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;

/**
 * A template without its number. Immutable.
 *
 * @param version nVersion of the header
 * @param height of the block to be
 * @param value satoshis that the client may pay out: subsidy and the fees of these transactions
 * @param outputs serialised outputs that end the coinbase transaction: the witness commitment
 * @param path from the coinbase transaction to the merkle root
 * @param transactions all but the coinbase; their parents' places are those in the node's list
 */
public record Draft(
        @U32 long version,
        int height,
        long value,
        Bytes outputs,
        MerklePath path,
        List<BlockTemplate.Transaction> transactions) {
    private static final long COINBASE_VERSION = 2;

    /** BIP 54: "its nSequence field must not be equal to 0xffffffff". */
    private static final long COINBASE_SEQUENCE = 0xffff_fffeL;

    /** With the list as it is now. */
    public Draft {
        transactions = List.copyOf(transactions);
    }

    /** The block that the node proposes, without what does not fit beside the client's outputs. */
    public static Draft of(BlockTemplate template, Room room, DoubleSha256 hasher) {
        List<BlockTemplate.Transaction> kept = Selection.of(template, room);
        List<U256> ids = kept.stream().map(BlockTemplate.Transaction::id).toList();
        long fees = kept.stream().mapToLong(BlockTemplate.Transaction::fee).sum();
        return new Draft(
                template.version(),
                template.height(),
                template.subsidy() + fees,
                commitment(kept, hasher),
                MerklePath.ofTransactions(ids, hasher),
                kept);
    }

    /** The block after the one that the node proposes, before anybody knows what will be left for it: with nothing in it. */
    public static Draft emptyAfter(BlockTemplate template, Halving halving, DoubleSha256 hasher) {
        int height = template.height() + 1;
        return new Draft(
                template.version(),
                height,
                halving.next(height, template.subsidy()),
                commitment(List.of(), hasher),
                MerklePath.EMPTY,
                List.of());
    }

    private static Bytes commitment(List<BlockTemplate.Transaction> transactions, DoubleSha256 hasher) {
        List<U256> ids =
                transactions.stream().map(BlockTemplate.Transaction::witnessId).toList();
        U256 commitment = Block.witnessCommitment(ids, U256.ZERO, hasher);
        return new TransactionOutput(0, Bytes.concat(Block.WITNESS_COMMITMENT_HEADER, commitment.toLittleEndian()))
                .serialized();
    }

    /** Bytes of all transactions. */
    public long size() {
        return transactions.stream()
                .mapToLong(transaction -> transaction.data().length())
                .sum();
    }

    /** What the transactions pay, satoshis. */
    public long fees() {
        return transactions.stream().mapToLong(BlockTemplate.Transaction::fee).sum();
    }

    /** As it is sent under a number. */
    public NewTemplate message(@U64 long id, boolean future) {
        return new NewTemplate(
                id,
                future,
                version,
                COINBASE_VERSION,
                BlockHeight.push(height),
                COINBASE_SEQUENCE,
                value,
                1,
                outputs,
                height - 1L,
                path.steps());
    }
}
