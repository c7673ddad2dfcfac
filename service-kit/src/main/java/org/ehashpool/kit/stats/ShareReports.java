package org.ehashpool.kit.stats;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells of the shares of many channels: of each channel at most once in {@link #INTERVAL_MILLIS}, and of few channels at a
 * time, so that what many did at once does not come at once. For one thread.
 */
public final class ShareReports {
    /** How long the first share of a channel waits for others. */
    public static final long INTERVAL_MILLIS = 5_000;

    private final StatsSink sink;
    /** In the order in which they began to wait. */
    private final Deque<ChannelShares> waiting = new ArrayDeque<>();

    /** Nothing to tell yet. */
    public ShareReports(StatsSink sink) {
        this.sink = sink;
    }

    /**
     * A channel without shares.
     *
     * @param downstreamId unique in the process
     * @param channelId unique in the downstream
     */
    public ChannelShares channel(long downstreamId, long channelId) {
        return new ChannelShares(this, downstreamId, channelId);
    }

    /**
     * Tells of channels that have waited long enough. To be called at least once a second.
     *
     * @param now in milliseconds
     * @param most channels that are told of now
     */
    public void tick(long now, int most) {
        for (int told = 0; told < most; told++) {
            ChannelShares first = waiting.peek();
            if (first == null || !first.isDue(now)) {
                return;
            }
            waiting.remove();
            first.tell();
        }
    }

    /** Tells of all that is not told yet. */
    public void tellAll() {
        waiting.forEach(ChannelShares::tell);
        waiting.clear();
    }

    StatsSink sink() {
        return sink;
    }

    void await(ChannelShares channel) {
        waiting.add(channel);
    }
}
