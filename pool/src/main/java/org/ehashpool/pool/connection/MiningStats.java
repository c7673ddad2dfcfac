package org.ehashpool.pool.connection;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ehashpool.kit.stats.ChannelShares;
import org.ehashpool.kit.stats.ShareReports;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.kit.sv2.DownstreamStats;
import org.ehashpool.mining.server.ChannelStatus;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.sv2.type.Text;

/** What the statistics service is told of the miners of one event loop. On that loop only. */
final class MiningStats {
    /** Channels of whose shares is told; there are twenty ticks a second. */
    private static final int TOLD_IN_A_TICK = 128;

    private final StatsSink sink;
    private final DownstreamStats downstreams;
    private final ShareReports shares;
    private final Map<ChannelKey, ChannelShares> late = new LinkedHashMap<>();

    private record ChannelKey(long connectionId, long channelId) {}

    MiningStats(StatsSink sink) {
        this.sink = sink;
        downstreams = new DownstreamStats(sink);
        shares = new ShareReports(sink);
    }

    void connected(ConnectionInfo info) {
        downstreams.connected(info);
    }

    void disconnected(long connectionId, String reason) {
        downstreams.disconnected(connectionId, reason);
    }

    /** A channel is open; its shares are to be counted in what is returned. */
    ChannelShares opened(long connectionId, ChannelStatus channel, float nominalHashRate) {
        sink.publish(new StatsEvent.ChannelOpened(
                connectionId,
                channel.id(),
                channel.standard() ? "standard" : "extended",
                channel.userIdentity().printable(),
                Float.isFinite(nominalHashRate) ? Math.max(0, nominalHashRate) : 0));
        return shares.channel(connectionId, channel.id());
    }

    /** A channel is closed. When its connection has ended, that says so of all its channels. */
    void closed(OpenChannel channel, Text reason) {
        channel.shares.tell();
        if (channel.connection.isOpen()) {
            sink.publish(new StatsEvent.ChannelClosed(
                    channel.connection.connectionId(), channel.status().id(), reason.printable()));
        }
    }

    /** A share was recorded when its channel was closed already. */
    void recordedLate(ShareCredit credit, long now) {
        BigInteger work = credit.target().work();
        late.computeIfAbsent(
                        new ChannelKey(credit.connectionId(), credit.channelId()),
                        key -> shares.channel(key.connectionId(), key.channelId()))
                .accepted(work, now);
    }

    /** Tells of the shares that were recorded late. */
    void tellLate() {
        if (!late.isEmpty()) {
            late.values().forEach(ChannelShares::tell);
            late.clear();
        }
    }

    void tick(long now) {
        shares.tick(now, TOLD_IN_A_TICK);
    }

    /** Tells of all shares that were counted. */
    void tellAll() {
        shares.tellAll();
    }
}
