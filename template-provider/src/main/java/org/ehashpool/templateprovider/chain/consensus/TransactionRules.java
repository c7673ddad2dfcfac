package org.ehashpool.templateprovider.chain.consensus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/** What every transaction has to obey. */
public final class TransactionRules {
    private static final int WITNESS_SCALE = 4;
    private static final int SHORTEST_COINBASE_SCRIPT = 2;
    private static final int LONGEST_COINBASE_SCRIPT = 100;
    private static final long NULL_INDEX = 0xffff_ffffL;
    private static final @U32 long FINAL_SEQUENCE = 0xffff_ffffL;
    private static final long LOCK_TIME_IS_TIME = 500_000_000L;
    private static final long SEQUENCE_DISABLED = 1L << 31;
    private static final long SEQUENCE_IS_TIME = 1L << 22;
    private static final long SEQUENCE_MASK = 0xffff;
    private static final int SEQUENCE_TIME_SHIFT = 9;

    private TransactionRules() {}

    /**
     * What a transaction spends and leaves.
     *
     * @param fee in satoshis
     * @param spent per input the coin
     */
    public record Spending(long fee, List<Coin> spent) {
        /** With the list as it is now. */
        public Spending {
            spent = List.copyOf(spent);
        }
    }

    /**
     * What can be checked without a chain.
     *
     * @throws BrokenRuleException the first rule found broken
     */
    public static void checkAlone(RawTransaction transaction) throws BrokenRuleException {
        if (transaction.outputs().isEmpty()) {
            throw new BrokenRuleException(Rule.OUTPUTS_EMPTY);
        }
        if ((long) WITNESS_SCALE * transaction.stripped().length() > ChainParameters.MAX_WEIGHT) {
            throw new BrokenRuleException(Rule.TRANSACTION_SIZE);
        }
        long total = 0;
        for (TransactionOutput output : transaction.outputs()) {
            total += output.value();
            if (total > TransactionOutput.MAX_MONEY) {
                throw new BrokenRuleException(Rule.OUTPUT_TOTAL);
            }
        }
        Set<Outpoint> spent = new HashSet<>();
        for (RawTransaction.Input input : transaction.inputs()) {
            if (!spent.add(Outpoint.spentBy(input))) {
                throw new BrokenRuleException(Rule.INPUTS_DUPLICATE);
            }
        }
        if (transaction.isCoinbase()) {
            int length = transaction.inputs().getFirst().script().length();
            if (length < SHORTEST_COINBASE_SCRIPT || length > LONGEST_COINBASE_SCRIPT) {
                throw new BrokenRuleException(Rule.COINBASE_LENGTH);
            }
        } else if (spent.contains(new Outpoint(U256.ZERO, NULL_INDEX))) {
            throw new BrokenRuleException(Rule.INPUT_NULL);
        }
    }

    /**
     * Whether a block may hold it by its lock time: "the lock-time is compared with the median-time-past" (BIP 113).
     *
     * @param medianTimePast of the block before
     */
    public static boolean isFinal(RawTransaction transaction, int height, long medianTimePast) {
        long lockTime = transaction.lockTime();
        return lockTime == 0
                || lockTime < (lockTime < LOCK_TIME_IS_TIME ? height : medianTimePast)
                || transaction.inputs().stream().allMatch(input -> input.sequence() == FINAL_SEQUENCE);
    }

    /**
     * Everything that depends on the chain: the coins exist, are mature, are worth enough, their relative lock times
     * (BIP 68) have passed, and their scripts allow it.
     *
     * @param previous the block before the one that would hold the transaction, which is no coinbase
     * @throws BrokenRuleException the first rule found broken
     */
    public static Spending checkSpending(RawTransaction transaction, CoinView coins, BlockEntry previous)
            throws BrokenRuleException {
        Spending spending = spend(transaction, coins, previous.height() + 1);
        if (!sequencesHavePassed(transaction, spending.spent(), previous)) {
            throw new BrokenRuleException(Rule.NOT_FINAL);
        }
        ScriptCheck.check(transaction, spending.spent());
        return spending;
    }

    private static Spending spend(RawTransaction transaction, CoinView coins, int height) throws BrokenRuleException {
        List<Coin> spent = new ArrayList<>(transaction.inputs().size());
        long in = 0;
        for (RawTransaction.Input input : transaction.inputs()) {
            Coin coin = coins.find(Outpoint.spentBy(input));
            if (coin == null) {
                throw new BrokenRuleException(Rule.INPUTS_MISSING);
            }
            if (!coin.isMature(height)) {
                throw new BrokenRuleException(Rule.IMMATURE);
            }
            in += coin.value();
            if (in > TransactionOutput.MAX_MONEY) {
                throw new BrokenRuleException(Rule.INPUT_TOTAL);
            }
            spent.add(coin);
        }
        long out = transaction.outputs().stream()
                .mapToLong(TransactionOutput::value)
                .sum();
        if (in < out) {
            throw new BrokenRuleException(Rule.INPUTS_BELOW_OUTPUTS);
        }
        return new Spending(in - out, spent);
    }

    private static boolean sequencesHavePassed(RawTransaction transaction, List<Coin> spent, BlockEntry previous) {
        if (version(transaction) < 2) {
            return true;
        }
        for (int i = 0; i < spent.size(); i++) {
            long sequence = transaction.inputs().get(i).sequence();
            if ((sequence & SEQUENCE_DISABLED) != 0) {
                continue;
            }
            int coinHeight = spent.get(i).height();
            boolean passed;
            if ((sequence & SEQUENCE_IS_TIME) != 0) {
                long since = previous.ancestor(Math.max(coinHeight - 1, 0)).medianTimePast();
                passed = since + ((sequence & SEQUENCE_MASK) << SEQUENCE_TIME_SHIFT) <= previous.medianTimePast();
            } else {
                passed = coinHeight + (sequence & SEQUENCE_MASK) <= previous.height() + 1L;
            }
            if (!passed) {
                return false;
            }
        }
        return true;
    }

    /** Its nVersion. */
    public static @U32 long version(RawTransaction transaction) {
        long version = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            version |= (transaction.serialized().get(i) & 0xffL) << (8 * i);
        }
        return version;
    }
}
