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
 * @param difficulty of the shares accepted in the last five whole minutes, their mean; null if there were none
 * @param stale shares of the last 24 hours that came too late, which are among the rejected; null at services that have
 *     other peers than miners
 * @param paid who has the ehash: a key of 66 hexadecimal digits, or "wallet", "key" or "nobody" as the translator told
 *     of miners whose names are no keys; null where nobody told
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
        @Nullable Instant lastShareAt,
        @Nullable Double difficulty,
        @Nullable Long stale,
        @Nullable String paid) {

    public MinerView {
        sparks = List.copyOf(sparks);
    }
}
