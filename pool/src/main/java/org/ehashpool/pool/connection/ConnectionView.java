package org.ehashpool.pool.connection;

import java.util.List;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.pool.account.Tally;

/**
 * A connection at one moment, for people.
 *
 * @param info what was negotiated
 * @param lastActivityAt when anything was last received, milliseconds since 1970
 * @param bytesReceived on the wire
 * @param bytesSent on the wire
 * @param figures shares of all its channels, closed ones included
 * @param channels those that are open
 */
public record ConnectionView(
        ConnectionInfo info,
        long lastActivityAt,
        long bytesReceived,
        long bytesSent,
        Tally.Figures figures,
        List<ChannelView> channels) {

    /** Unique in the process. */
    public long id() {
        return info.connectionId();
    }

    /** Address and port of the miner. */
    public String peer() {
        return info.peer().getAddress().getHostAddress() + ":" + info.peer().getPort();
    }

    /** Who mines on its channels, each once. */
    public List<String> users() {
        return channels.stream().map(ChannelView::user).distinct().toList();
    }
}
