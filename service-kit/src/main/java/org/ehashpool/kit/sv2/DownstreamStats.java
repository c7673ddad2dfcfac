package org.ehashpool.kit.sv2;

import java.net.InetSocketAddress;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.stats.event.StatsEvent;
import org.jspecify.annotations.Nullable;

/** What the statistics service is told of clients that have connected. Thread-safe. */
public final class DownstreamStats {
    private final StatsSink sink;

    /** Tells this one. */
    public DownstreamStats(StatsSink sink) {
        this.sink = sink;
    }

    /** A client is here; what tells it from others is its device id, if it has one. */
    public void connected(ConnectionInfo info) {
        connected(info, info.client().deviceId());
    }

    /**
     * A client is here.
     *
     * @param user what stays the same when it connects again; may be empty
     */
    public void connected(ConnectionInfo info, String user) {
        sink.publish(new StatsEvent.DownstreamConnected(
                info.connectionId(),
                info.kind().label(),
                address(info.peer()),
                present(info.client().vendor()),
                present(user),
                info.flags()));
    }

    /** It is gone. */
    public void disconnected(long connectionId, String reason) {
        sink.publish(new StatsEvent.DownstreamDisconnected(connectionId, reason));
    }

    private static String address(InetSocketAddress peer) {
        String host = peer.getAddress() == null
                ? peer.getHostString()
                : peer.getAddress().getHostAddress();
        return host.indexOf(':') < 0 ? host + ":" + peer.getPort() : "[" + host + "]:" + peer.getPort();
    }

    private static @Nullable String present(String text) {
        return text.isEmpty() ? null : text;
    }
}
