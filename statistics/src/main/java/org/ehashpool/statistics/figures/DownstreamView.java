package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer of a service, whichever connections it has had. Its session's figures are those of the connection that is open,
 * or was the last; the others are of its whole life, and no reconnect resets them.
 *
 * @param service whose peer it is
 * @param instance of that service
 * @param state "connected"; "stale" where nothing is heard of the service that it was connected to; "gone"
 * @param user what it says it is; empty where it does not
 * @param peer the address and port of its last connection
 * @param hashrate of the last five whole minutes, in hashes per second
 * @param sparks the last hour in twenty steps, in hashes per second; empty in long lists
 * @param channels that are open
 * @param connectedAt when its last session began
 * @param disconnectedAt when that ended
 * @param reason why it ended
 */
public record DownstreamView(
        long id,
        String service,
        String instance,
        String state,
        String kind,
        String vendor,
        String user,
        String host,
        @Nullable String peer,
        double hashrate,
        List<Double> sparks,
        int channels,
        @Nullable Instant connectedAt,
        @Nullable Instant disconnectedAt,
        @Nullable String reason,
        long sessionAccepted,
        long sessionRejected,
        BigInteger sessionWork,
        long sessions,
        long accepted,
        long rejected,
        BigInteger work,
        Instant firstSeenAt,
        Instant lastActiveAt,
        @Nullable Instant lastShareAt) {

    public DownstreamView {
        sparks = List.copyOf(sparks);
    }

    /** A name to show: what it says it is, else where it is. */
    public String name() {
        return !user.isEmpty() ? user : !host.isEmpty() ? host : kind + " " + id;
    }
}
