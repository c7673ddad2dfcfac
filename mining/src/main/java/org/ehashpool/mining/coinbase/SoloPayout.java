package org.ehashpool.mining.coinbase;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;

/**
 * Who is paid by a block of a miner that mines for itself: the miner, and the pool if the miner donates. How the pool
 * shares out its part is the pool's affair, and may change while the miner mines.
 *
 * @param miner a script of at most {@link #LARGEST_OUTPUT} bytes as an output
 * @param donatedPercent of the reward to the pool, rounded down to a satoshi, 0 to 99
 */
public record SoloPayout(OutputScript miner, int donatedPercent) {
    /** Bytes of the largest output that a miner may have: one to a witness program of 32 bytes (P2WSH, P2TR). */
    public static final int LARGEST_OUTPUT = 43;

    /** The highest cost in signature operations that a miner's output may have: that of P2PKH. */
    public static final int HIGHEST_SIGOP_COST = 4;

    private static final int MAX_SIGOP_COST = 0xffff;

    /**
     * A payout.
     *
     * @throws IllegalArgumentException if the miner's output would take more room than templates leave for it, or the
     *     donation is out of range
     */
    public SoloPayout {
        int size = new TransactionOutput(0, miner.script()).size();
        if (size > LARGEST_OUTPUT || miner.sigopCost() > HIGHEST_SIGOP_COST) {
            throw new IllegalArgumentException("an output of " + size + " bytes and a signature operation cost of "
                    + miner.sigopCost() + ", more than " + LARGEST_OUTPUT + " and " + HIGHEST_SIGOP_COST);
        }
        if (donatedPercent < 0 || donatedPercent > 99) {
            throw new IllegalArgumentException("a donation is 0 to 99 percent, not " + donatedPercent);
        }
    }

    /** All to the miner. */
    public static SoloPayout to(OutputScript miner) {
        return new SoloPayout(miner, 0);
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
     * The outputs that share out a value: the pool's first, if it gets a part, then the miner's with all the rest.
     *
     * @param value in satoshis
     * @param pool among whom the donation is shared
     * @throws IllegalArgumentException if the value is outside 0 to {@link TransactionOutput#MAX_MONEY}
     */
    public List<TransactionOutput> split(long value, PayoutOutputs pool) {
        TransactionOutput.requireAmount(value);
        if (donatedPercent == 0) {
            return List.of(new TransactionOutput(value, miner.script()));
        }
        long donated = value * donatedPercent / 100;
        List<TransactionOutput> outputs = new ArrayList<>(pool.split(donated));
        outputs.add(new TransactionOutput(value - donated, miner.script()));
        return List.copyOf(outputs);
    }
}
