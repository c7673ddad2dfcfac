package org.ehashpool.kit.stats;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.ehashpool.stats.event.StatsEvent;
import org.jspecify.annotations.Nullable;

/**
 * Shares of one channel of which nobody has been told yet. Counting one costs a few additions as long as the shares are
 * worth the same. For the thread of its {@link ShareReports}.
 */
public final class ChannelShares {
    private final ShareReports reports;
    private final long downstreamId;
    private final long channelId;
    /** What each of the last shares is worth: always the same object, as targets know their work. */
    private BigInteger each = BigInteger.ZERO;
    /** How many of them. */
    private long alike;
    /** How many before them, and their work. */
    private long others;

    private BigInteger workOfOthers = BigInteger.ZERO;
    private @Nullable Map<String, Long> rejected;
    private boolean waiting;
    private long waitingSince;

    ChannelShares(ShareReports reports, long downstreamId, long channelId) {
        this.reports = reports;
        this.downstreamId = downstreamId;
        this.channelId = channelId;
    }

    /**
     * A share counts, for good.
     *
     * @param work expected hashes
     * @param now in milliseconds
     */
    @SuppressWarnings("ReferenceEquality") // An equal number that is another object is merely added in another way.
    public void accepted(BigInteger work, long now) {
        if (work != each) {
            fold();
            each = work;
        }
        alike++;
        await(now);
    }

    /**
     * Shares were refused.
     *
     * @param reason one of few
     * @param now in milliseconds
     */
    public void rejected(String reason, long count, long now) {
        Map<String, Long> counts = rejected;
        if (counts == null) {
            counts = new TreeMap<>();
            rejected = counts;
        }
        counts.merge(reason, count, Long::sum);
        await(now);
    }

    /** Tells of those that are not told yet; of none, nothing. */
    public void tell() {
        waiting = false;
        fold();
        if (others > 0) {
            reports.sink().publish(new StatsEvent.ShareAccepted(downstreamId, channelId, others, workOfOthers));
            others = 0;
            workOfOthers = BigInteger.ZERO;
        }
        Map<String, Long> counts = rejected;
        if (counts != null) {
            rejected = null;
            counts.forEach((reason, count) ->
                    reports.sink().publish(new StatsEvent.ShareRejected(downstreamId, channelId, reason, count)));
        }
    }

    /** Whether it is so long ago that the first of those shares came; also when the clock was set back. */
    boolean isDue(long now) {
        long waited = now - waitingSince;
        return !waiting || waited >= ShareReports.INTERVAL_MILLIS || waited < 0;
    }

    private void await(long now) {
        if (!waiting) {
            waiting = true;
            waitingSince = now;
            reports.await(this);
        }
    }

    private void fold() {
        if (alike > 0) {
            others += alike;
            workOfOthers = workOfOthers.add(alike == 1 ? each : each.multiply(BigInteger.valueOf(alike)));
            alike = 0;
        }
    }
}
