package org.ehashpool.mining.coinbase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;

/**
 * Who is paid by a block of a miner that mines for itself: the miner, and the pool if the miner donates. Of equal
 * payouts follow equal outputs.
 *
 * @param miner who mines: a script of at most {@link #LARGEST_OUTPUT} bytes as an output
 * @param donation the pool's part, if there is one
 */
public record SoloPayout(OutputScript miner, Optional<Donation> donation) {
    /** Bytes of the largest output that a miner may have: one to a witness program of 32 bytes (P2WSH, P2TR). */
    public static final int LARGEST_OUTPUT = 43;

    /** The highest cost in signature operations that a miner's output may have: that of P2PKH. */
    public static final int HIGHEST_SIGOP_COST = 4;

    private static final int MAX_SIGOP_COST = 0xffff;

    /**
     * The part of the reward that is left to the pool.
     *
     * @param percent of the reward, rounded down to a satoshi, 1 to 99
     * @param pool among whom that is shared
     */
    public record Donation(int percent, PayoutOutputs pool) {
        /**
         * A part.
         *
         * @throws IllegalArgumentException if it is nothing or all
         */
        public Donation {
            if (percent < 1 || percent > 99) {
                throw new IllegalArgumentException("a donation is 1 to 99 percent, not " + percent);
            }
        }
    }

    /**
     * A payout.
     *
     * @throws IllegalArgumentException if the miner's output would take more room than templates leave for it
     */
    public SoloPayout {
        int size = new TransactionOutput(0, miner.script()).size();
        if (size > LARGEST_OUTPUT || miner.sigopCost() > HIGHEST_SIGOP_COST) {
            throw new IllegalArgumentException("an output of " + size + " bytes and a signature operation cost of "
                    + miner.sigopCost() + ", more than " + LARGEST_OUTPUT + " and " + HIGHEST_SIGOP_COST);
        }
    }

    /** All to the miner. */
    public static SoloPayout to(OutputScript miner) {
        return new SoloPayout(miner, Optional.empty());
    }

    /**
     * The room that the outputs of any solo miner may need, and that the pool's own always do: what to ask the template
     * provider for (section 7.1).
     *
     * @param pool the pool's own outputs, to which donations go
     * @throws IllegalArgumentException if the message cannot express it
     */
    public static CoinbaseOutputConstraints constraints(PayoutOutputs pool) {
        CoinbaseOutputConstraints own = pool.constraints();
        int sigops = own.coinbaseOutputMaxAdditionalSigops() + HIGHEST_SIGOP_COST;
        if (sigops > MAX_SIGOP_COST) {
            throw new IllegalArgumentException("coinbase outputs with a signature operation cost of "
                    + own.coinbaseOutputMaxAdditionalSigops() + ", which leaves no room for a solo miner's");
        }
        return new CoinbaseOutputConstraints(own.coinbaseOutputMaxAdditionalSize() + LARGEST_OUTPUT, sigops);
    }

    /**
     * The outputs that share out a value: the pool's first, then the miner's with all the rest.
     *
     * @param value in satoshis
     * @throws IllegalArgumentException if it is outside 0 to {@link TransactionOutput#MAX_MONEY}
     */
    public List<TransactionOutput> split(long value) {
        if (donation.isEmpty()) {
            return List.of(new TransactionOutput(value, miner.script()));
        }
        TransactionOutput.requireAmount(value);
        long donated = value * donation.get().percent() / 100;
        List<TransactionOutput> outputs = new ArrayList<>(donation.get().pool().split(donated));
        outputs.add(new TransactionOutput(value - donated, miner.script()));
        return List.copyOf(outputs);
    }
}
