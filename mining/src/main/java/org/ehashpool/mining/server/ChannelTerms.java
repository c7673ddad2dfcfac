package org.ehashpool.mining.server;

import java.util.Optional;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.difficulty.Target;

/**
 * What a pool grants to a user.
 *
 * @param sharesPerMinute how often shares should come, positive
 * @param presumedHashRate for clients that name none, hashes per second, positive
 * @param easiest no target is easier than this
 * @param fixed a target that does not follow the hash rate, if wanted
 * @param payout of a solo miner, whose blocks pay these outputs instead of the pool's
 */
public record ChannelTerms(
        double sharesPerMinute,
        double presumedHashRate,
        Target easiest,
        Optional<Target> fixed,
        Optional<SoloPayout> payout) {
    /**
     * Terms.
     *
     * @throws IllegalArgumentException if a number is not positive and finite
     */
    public ChannelTerms {
        requirePositive(sharesPerMinute);
        requirePositive(presumedHashRate);
    }

    /** For a miner that is paid by the pool. */
    public ChannelTerms(double sharesPerMinute, double presumedHashRate, Target easiest, Optional<Target> fixed) {
        this(sharesPerMinute, presumedHashRate, easiest, fixed, Optional.empty());
    }

    /** The same for a solo miner. */
    public ChannelTerms paying(SoloPayout solo) {
        return new ChannelTerms(sharesPerMinute, presumedHashRate, easiest, fixed, Optional.of(solo));
    }

    private static void requirePositive(double number) {
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("not positive and finite: " + number);
        }
    }
}
