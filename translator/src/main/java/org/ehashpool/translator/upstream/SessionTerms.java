package org.ehashpool.translator.upstream;

import java.time.Duration;
import java.util.Optional;

/**
 * What a connection to an upstream is to be like.
 *
 * @param index position of the upstream among all
 * @param upstreams how many there are
 * @param name HOST:PORT, for the log
 * @param identities what it is told of who mines
 * @param confirmation how long its answer to a share is waited for
 * @param payout what its jobs must pay, if that is checked
 * @param fixedVersion whether it takes no change of the version
 * @param channels how miners share channels
 * @param vardiff what it is told of hash rates
 */
record SessionTerms(
        int index,
        int upstreams,
        String name,
        Identities identities,
        Duration confirmation,
        Optional<PayoutCheck> payout,
        boolean fixedVersion,
        ChannelsConfig channels,
        VardiffConfig vardiff) {

    /** Whether all miners share one channel. */
    boolean aggregated() {
        return channels.mode() == ChannelsConfig.Mode.AGGREGATED;
    }
}
