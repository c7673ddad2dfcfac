package org.ehashpool.mining.server;

import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;

/**
 * What a pool grants to a user.
 *
 * @param sharesPerMinute how often shares should come, positive
 * @param presumedHashRate for clients that name none, hashes per second, positive
 * @param easiest no target is easier than this
 * @param fixed a target that does not follow the hash rate, if wanted
 */
public record ChannelTerms(double sharesPerMinute, double presumedHashRate, Target easiest, Optional<Target> fixed) {
    /**
     * Terms.
     *
     * @throws IllegalArgumentException if a number is not positive and finite
     */
    public ChannelTerms {
        requirePositive(sharesPerMinute);
        requirePositive(presumedHashRate);
    }

    private static void requirePositive(double number) {
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("not positive and finite: " + number);
        }
    }
}
