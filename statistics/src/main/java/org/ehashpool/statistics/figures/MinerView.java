package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom shares are for: a user_identity at a service, on whichever channels.
 *
 * @param hashrate of the last five whole minutes, in hashes per second
 * @param sparks the last hour in twenty steps, in hashes per second; empty in long lists
 * @param channels that are open
 */
public record MinerView(
        long id,
        String service,
        String instance,
        String user,
        double hashrate,
        List<Double> sparks,
        int channels,
        long accepted,
        long rejected,
        BigInteger work,
        Instant firstSeenAt,
        Instant lastActiveAt,
        @Nullable Instant lastShareAt) {

    public MinerView {
        sparks = List.copyOf(sparks);
    }
}
