package org.ehashpool.mining.coinbase;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;

/**
 * Who shares a block's reward, and in which proportion: each gets ⌊weight · value / Σ weights⌋, the first also what
 * rounding leaves over.
 *
 * @param parts at least one
 */
public record PayoutOutputs(List<Part> parts) {
    private static final int MAX_SIZE = 60_000;
    private static final int MAX_SIGOP_COST = 65_535;

    /**
     * One owner's part.
     *
     * @param script who
     * @param weight how much compared with the other parts, 1 to 2^32 − 1
     */
    public record Part(OutputScript script, long weight) {
        /**
         * A part.
         *
         * @throws IllegalArgumentException if the weight is out of range
         */
        public Part {
            if (weight < 1 || weight > 0xffff_ffffL) {
                throw new IllegalArgumentException("a weight is 1 to 2^32-1, not " + weight);
            }
        }
    }

    /**
     * These parts.
     *
     * @throws IllegalArgumentException if there are none, or they are too large for a coinbase transaction in a message
     */
    public PayoutOutputs {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("nobody to pay");
        }
        long size = 0;
        long sigops = 0;
        for (Part part : parts) {
            size += new TransactionOutput(0, part.script().script()).size();
            sigops += part.script().sigopCost();
        }
        if (size > MAX_SIZE || sigops > MAX_SIGOP_COST) {
            throw new IllegalArgumentException(
                    "coinbase outputs of " + size + " bytes and a signature operation cost of " + sigops
                            + ", more than " + MAX_SIZE + " and " + MAX_SIGOP_COST);
        }
    }

    /** All to one. */
    public static PayoutOutputs to(OutputScript script) {
        return new PayoutOutputs(List.of(new Part(script, 1)));
    }

    /**
     * The room that the outputs need, for the template provider (section 7.1): bytes, and signature operations as
     * counted against the block's 80,000.
     */
    public CoinbaseOutputConstraints constraints() {
        int size = 0;
        int sigops = 0;
        for (Part part : parts) {
            size += new TransactionOutput(0, part.script().script()).size();
            sigops += part.script().sigopCost();
        }
        return new CoinbaseOutputConstraints(size, sigops);
    }

    /**
     * The outputs that share out a value.
     *
     * @param value in satoshis
     * @throws IllegalArgumentException if it is outside 0 to {@link TransactionOutput#MAX_MONEY}
     */
    public List<TransactionOutput> split(long value) {
        BigInteger total = BigInteger.ZERO;
        for (Part part : parts) {
            total = total.add(BigInteger.valueOf(part.weight()));
        }
        long[] amounts = new long[parts.size()];
        long rest = new TransactionOutput(value, parts.getFirst().script().script()).value();
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = BigInteger.valueOf(value)
                    .multiply(BigInteger.valueOf(parts.get(i).weight()))
                    .divide(total)
                    .longValueExact();
            rest -= amounts[i];
        }
        amounts[0] += rest;
        List<TransactionOutput> outputs = new ArrayList<>(amounts.length);
        for (int i = 0; i < amounts.length; i++) {
            outputs.add(new TransactionOutput(amounts[i], parts.get(i).script().script()));
        }
        return List.copyOf(outputs);
    }
}
