package org.ehashpool.templateprovider.chain.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.mining.merkle.MerkleTree;
import org.ehashpool.mining.transaction.CompactSize;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** What a block has to obey, in the order in which Bitcoin Core looks. */
final class BlockRules {
    private static final long FUTURE_SECONDS = 2 * 60 * 60;
    private static final int LOWEST_VERSION = 4;
    private static final int WITNESS_SCALE = 4;

    private BlockRules() {}

    /** What can be checked without a chain. */
    static void checkAlone(IdentifiedBlock block, boolean workIsDone, DoubleSha256 hasher) throws BrokenRuleException {
        if (workIsDone) {
            checkWork(block.header(), block.hash());
        }
        List<IdentifiedTransaction> transactions = block.transactions();
        // Core computes the root of nothing as zero; here there is no such root.
        if (transactions.isEmpty()) {
            throw new BrokenRuleException(Rule.BLOCK_LENGTH);
        }
        List<U256> ids = block.ids();
        if (!MerkleTree.root(ids, hasher).equals(block.header().merkleRoot())) {
            throw new BrokenRuleException(Rule.MERKLE_ROOT);
        }
        if (MerkleTree.isAmbiguous(ids, hasher)) {
            throw new BrokenRuleException(Rule.DUPLICATE_TRANSACTIONS);
        }
        long stripped = (long) BlockHeader.LENGTH + CompactSize.length(transactions.size());
        for (IdentifiedTransaction transaction : transactions) {
            stripped += transaction.raw().stripped().length();
        }
        if (WITNESS_SCALE * stripped > ChainParameters.MAX_WEIGHT) {
            throw new BrokenRuleException(Rule.BLOCK_LENGTH);
        }
        if (!transactions.getFirst().raw().isCoinbase()) {
            throw new BrokenRuleException(Rule.COINBASE_MISSING);
        }
        for (IdentifiedTransaction transaction : transactions.subList(1, transactions.size())) {
            if (transaction.raw().isCoinbase()) {
                throw new BrokenRuleException(Rule.COINBASE_MULTIPLE);
            }
        }
        long signatureOperations = 0;
        for (IdentifiedTransaction transaction : transactions) {
            TransactionRules.checkAlone(transaction.raw());
            signatureOperations += SignatureOperations.legacyCost(transaction.raw());
        }
        if (signatureOperations > ChainParameters.MAX_SIGNATURE_OPERATIONS) {
            throw new BrokenRuleException(Rule.SIGNATURE_OPERATIONS);
        }
    }

    private static void checkWork(BlockHeader header, U256 hash) throws BrokenRuleException {
        Optional<Target> target = Target.ofCompactBits(header.bits());
        if (target.isEmpty() || !target.get().isMetBy(hash)) {
            throw new BrokenRuleException(Rule.HIGH_HASH);
        }
    }

    /** What its header has to obey after the block before. */
    static void checkHeader(BlockHeader header, BlockEntry previous, ChainParameters parameters, long now)
            throws BrokenRuleException {
        if (header.bits() != parameters.bitsAt(previous.height() + 1)) {
            throw new BrokenRuleException(Rule.DIFFICULTY_BITS);
        }
        if (header.time() <= previous.medianTimePast()) {
            throw new BrokenRuleException(Rule.TIME_TOO_OLD);
        }
        if (header.time() > now + FUTURE_SECONDS) {
            throw new BrokenRuleException(Rule.TIME_TOO_NEW);
        }
        if ((int) header.version() < LOWEST_VERSION) {
            throw new BrokenRuleException(Rule.VERSION, "(0x%08x)".formatted(header.version()));
        }
    }

    /** What its transactions have to obey after the block before, the coins apart. */
    static void checkBody(IdentifiedBlock block, BlockEntry previous, DoubleSha256 hasher) throws BrokenRuleException {
        int height = previous.height() + 1;
        long medianTimePast = previous.medianTimePast();
        for (IdentifiedTransaction transaction : block.transactions()) {
            if (!TransactionRules.isFinal(transaction.raw(), height, medianTimePast)) {
                throw new BrokenRuleException(Rule.NOT_FINAL);
            }
        }
        RawTransaction coinbase = block.transactions().getFirst().raw();
        Bytes script = coinbase.inputs().getFirst().script();
        Bytes push = BlockHeight.push(height);
        if (script.length() < push.length() || !script.slice(0, push.length()).equals(push)) {
            throw new BrokenRuleException(Rule.COINBASE_HEIGHT);
        }
        checkWitnesses(block, coinbase, hasher);
        if (block.weight() > ChainParameters.MAX_WEIGHT) {
            throw new BrokenRuleException(Rule.BLOCK_WEIGHT);
        }
    }

    private static void checkWitnesses(IdentifiedBlock block, RawTransaction coinbase, DoubleSha256 hasher)
            throws BrokenRuleException {
        Optional<Bytes> commitment = coinbase.outputs().stream()
                .map(TransactionOutput::script)
                .filter(Block::isWitnessCommitment)
                .reduce((first, second) -> second);
        if (commitment.isEmpty()) {
            if (block.transactions().stream()
                    .anyMatch(transaction -> transaction.raw().hasWitness())) {
                throw new BrokenRuleException(Rule.WITNESS_UNEXPECTED);
            }
            return;
        }
        List<Bytes> witness = coinbase.hasWitness() ? coinbase.witnesses().getFirst() : List.of();
        if (witness.size() != 1 || witness.getFirst().length() != U256.LENGTH) {
            throw new BrokenRuleException(Rule.WITNESS_NONCE_SIZE);
        }
        List<U256> others = block.transactions().stream()
                .skip(1)
                .map(IdentifiedTransaction::witnessId)
                .toList();
        U256 reserved = U256.fromLittleEndian(witness.getFirst().toByteArray(), 0);
        U256 expected = Block.witnessCommitment(others, reserved, hasher);
        Bytes found = commitment.get().slice(Block.WITNESS_COMMITMENT_HEADER.length(), U256.LENGTH);
        if (!found.equals(expected.toLittleEndian())) {
            throw new BrokenRuleException(Rule.WITNESS_COMMITMENT);
        }
    }

    /** Spends and makes the coins of a block, and checks that it may. */
    static BlockUndo connect(IdentifiedBlock block, BlockEntry previous, CoinOverlay coins) throws BrokenRuleException {
        int height = previous.height() + 1;
        for (IdentifiedTransaction transaction : block.transactions()) {
            for (int i = 0; i < transaction.raw().outputs().size(); i++) {
                if (coins.find(new Outpoint(transaction.id(), i)) != null) {
                    throw new BrokenRuleException(Rule.OVERWRITES);
                }
            }
        }
        List<List<Coin>> spent = new ArrayList<>();
        IdentifiedTransaction coinbase = block.transactions().getFirst();
        long fees = 0;
        long signatureOperations = SignatureOperations.cost(coinbase.raw(), List.of());
        coins.apply(coinbase, height);
        for (IdentifiedTransaction transaction :
                block.transactions().subList(1, block.transactions().size())) {
            TransactionRules.Spending spending = TransactionRules.checkSpending(transaction.raw(), coins, previous);
            fees += spending.fee();
            if (fees > TransactionOutput.MAX_MONEY) {
                throw new BrokenRuleException(Rule.FEE_TOTAL);
            }
            signatureOperations += SignatureOperations.cost(transaction.raw(), spending.spent());
            if (signatureOperations > ChainParameters.MAX_SIGNATURE_OPERATIONS) {
                throw new BrokenRuleException(Rule.SIGNATURE_OPERATIONS);
            }
            coins.apply(transaction, height);
            spent.add(spending.spent());
        }
        long paid = coinbase.raw().outputs().stream()
                .mapToLong(TransactionOutput::value)
                .sum();
        if (paid > ChainParameters.subsidyAt(height) + fees) {
            throw new BrokenRuleException(Rule.COINBASE_AMOUNT);
        }
        return new BlockUndo(spent);
    }
}
