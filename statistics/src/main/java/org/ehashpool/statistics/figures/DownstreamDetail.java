package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A downstream with what belongs to it.
 *
 * @param channels that are open, then the last ones that were closed; 500 at most
 * @param sessions the newest first; 50 at most
 * @param rejections of the last 24 hours, the most frequent reason first
 */
public record DownstreamDetail(
        DownstreamView downstream,
        Series series,
        List<ChannelView> channels,
        List<SessionView> sessions,
        List<Rejection> rejections) {

    public DownstreamDetail {
        channels = List.copyOf(channels);
        sessions = List.copyOf(sessions);
        rejections = List.copyOf(rejections);
    }

    /**
     * A channel.
     *
     * @param number what its service calls it
     * @param user whom its shares are for
     * @param nominalHashrate as its peer said, in hashes per second
     */
    public record ChannelView(
            long id,
            long downstreamId,
            long minerId,
            long number,
            String kind,
            String user,
            double nominalHashrate,
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable String reason,
            long accepted,
            long rejected,
            BigInteger work,
            @Nullable Instant lastShareAt) {}

    /** A connection. */
    public record SessionView(
            long id,
            long number,
            @Nullable String peer,
            long flags,
            Instant connectedAt,
            @Nullable Instant disconnectedAt,
            @Nullable String reason,
            Instant lastActiveAt,
            long accepted,
            long rejected,
            BigInteger work,
            @Nullable Instant lastShareAt) {}

    /** Shares that were rejected for one reason. */
    public record Rejection(String reason, long count) {}
}
