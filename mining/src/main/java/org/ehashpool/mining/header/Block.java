package org.ehashpool.mining.header;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.merkle.MerkleTree;
import org.ehashpool.mining.transaction.CompactSize;
import org.ehashpool.mining.transaction.ConsensusReader;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * A block.
 *
 * @param header its header
 * @param transactions its transactions, the coinbase first
 */
public record Block(BlockHeader header, List<RawTransaction> transactions) {
    /** The first bytes of the output script that commits to witnesses (BIP 141). */
    public static final Bytes WITNESS_COMMITMENT_HEADER = Bytes.fromHex("6a24aa21a9ed");

    private static final int SMALLEST_TRANSACTION = 60;
    private static final int COMMITMENT_LENGTH = 38;
    private static final int MAX_WEIGHT = 4_000_000;

    /** With the list as it is now. */
    public Block {
        transactions = List.copyOf(transactions);
    }

    /**
     * Puts a block together from a coinbase transaction and the others as they are serialised with their witnesses.
     *
     * @return the block's bytes, as submitblock wants them
     */
    public static Bytes assemble(BlockHeader header, Bytes coinbase, List<Bytes> others) {
        long length = BlockHeader.LENGTH + CompactSize.length(others.size() + 1) + (long) coinbase.length();
        for (Bytes other : others) {
            length += other.length();
        }
        byte[] block = new byte[Math.toIntExact(length)];
        int position = CompactSize.write(others.size() + 1, block, header.write(block, 0));
        position = coinbase.copyTo(block, position);
        for (Bytes other : others) {
            position = other.copyTo(block, position);
        }
        return Bytes.of(block);
    }

    /**
     * Reads a block.
     *
     * @throws MalformedDataException if the bytes are none
     */
    public static Block parse(Bytes source) {
        ConsensusReader reader = new ConsensusReader(source);
        BlockHeader header = BlockHeader.parse(reader.readBytes(BlockHeader.LENGTH));
        int count = reader.readCount(SMALLEST_TRANSACTION);
        List<RawTransaction> transactions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            transactions.add(RawTransaction.read(reader, source));
        }
        reader.requireEnd();
        return new Block(header, transactions);
    }

    /** The consensus rules that a wrongly assembled block breaks. */
    public enum Fault {
        /** The hash is above the target of the header's own bits. */
        PROOF_OF_WORK,
        /** The first transaction is no coinbase, or another one is. */
        COINBASE,
        /** The header's merkle root is not that of the transactions. */
        MERKLE_ROOT,
        /** Witnesses without a matching commitment, or a commitment that does not match. */
        WITNESS_COMMITMENT,
        /** Heavier than four million weight units. */
        WEIGHT
    }

    /**
     * The first rule found broken, if any: what can be checked without the chain and the coins that are spent. Scripts,
     * amounts, the height and the time are not looked at.
     */
    public Optional<Fault> check(DoubleSha256 hasher) {
        if (!Target.ofCompactBits(header.bits())
                .map(target -> target.isMetBy(header.hash(hasher)))
                .orElse(false)) {
            return Optional.of(Fault.PROOF_OF_WORK);
        }
        if (transactions.isEmpty()
                || !transactions.getFirst().isCoinbase()
                || transactions.stream().skip(1).anyMatch(RawTransaction::isCoinbase)) {
            return Optional.of(Fault.COINBASE);
        }
        List<U256> ids =
                transactions.stream().map(transaction -> transaction.id(hasher)).toList();
        if (!MerkleTree.root(ids, hasher).equals(header.merkleRoot()) || MerkleTree.isAmbiguous(ids, hasher)) {
            return Optional.of(Fault.MERKLE_ROOT);
        }
        if (!commitsToWitnesses(hasher)) {
            return Optional.of(Fault.WITNESS_COMMITMENT);
        }
        return weight() > MAX_WEIGHT ? Optional.of(Fault.WEIGHT) : Optional.empty();
    }

    /** Its weight (BIP 141). */
    public long weight() {
        long weight = 4L * (BlockHeader.LENGTH + CompactSize.length(transactions.size()));
        for (RawTransaction transaction : transactions) {
            weight += transaction.weight();
        }
        return weight;
    }

    /**
     * The commitment to a block's witnesses: double SHA-256 of the root over the witness ids, zero standing for the
     * coinbase, and the coinbase's witness reserved value.
     *
     * @param others witness ids of all but the coinbase transaction
     */
    public static U256 witnessCommitment(List<U256> others, U256 reservedValue, DoubleSha256 hasher) {
        List<U256> ids = new ArrayList<>(others.size() + 1);
        ids.add(U256.ZERO);
        ids.addAll(others);
        return hasher.hash(Bytes.concat(MerkleTree.root(ids, hasher).toLittleEndian(), reservedValue.toLittleEndian()));
    }

    private boolean commitsToWitnesses(DoubleSha256 hasher) {
        RawTransaction coinbase = transactions.getFirst();
        Optional<Bytes> commitment = coinbase.outputs().stream()
                .map(TransactionOutput::script)
                .filter(Block::isWitnessCommitment)
                // "If there are more than one scriptPubKey matching the pattern, the one with highest output index".
                .reduce((first, second) -> second);
        if (commitment.isEmpty()) {
            return transactions.stream().noneMatch(RawTransaction::hasWitness);
        }
        if (coinbase.witnesses().isEmpty() || coinbase.witnesses().getFirst().size() != 1) {
            return false;
        }
        Bytes reserved = coinbase.witnesses().getFirst().getFirst();
        if (reserved.length() != U256.LENGTH) {
            return false;
        }
        List<U256> others = transactions.stream()
                .skip(1)
                .map(transaction -> transaction.witnessId(hasher))
                .toList();
        U256 expected = witnessCommitment(others, U256.fromLittleEndian(reserved.toByteArray(), 0), hasher);
        return commitment.get().slice(6, U256.LENGTH).equals(expected.toLittleEndian());
    }

    /** Whether an output's script commits to witnesses (BIP 141). */
    public static boolean isWitnessCommitment(Bytes script) {
        return script.length() >= COMMITMENT_LENGTH
                && script.slice(0, WITNESS_COMMITMENT_HEADER.length()).equals(WITNESS_COMMITMENT_HEADER);
    }
}
