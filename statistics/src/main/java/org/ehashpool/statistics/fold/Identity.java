package org.ehashpool.statistics.fold;

import org.ehashpool.stats.event.StatsEvent;
import org.jspecify.annotations.Nullable;

/** What peers and miners are known again by. */
final class Identity {
    private Identity() {}

    static Downstream.Key of(Origin origin, StatsEvent.DownstreamConnected connected) {
        String user = Names.cut(connected.user());
        return new Downstream.Key(
                origin.sender(),
                Names.cut(connected.kind()),
                Names.cut(connected.vendor()),
                user,
                user.isEmpty() ? Names.cut(host(connected.peer())) : "");
    }

    static Miner.Key of(Origin origin, StatsEvent.ChannelOpened opened) {
        return new Miner.Key(origin.sender(), Names.cut(opened.user()));
    }

    /** Of whom only events are known: the one that told of its connection was lost. */
    static Downstream.Key unknown(Origin origin) {
        return new Downstream.Key(origin.sender(), "unknown", "", "", "");
    }

    /** All for whom there is no room. */
    static Downstream.Key other(Origin origin) {
        return new Downstream.Key(origin.sender(), Names.OTHER, "", "", "");
    }

    static Miner.Key otherMiner(Origin origin) {
        return new Miner.Key(origin.sender(), Names.OTHER);
    }

    /** An address without its port. */
    static @Nullable String host(@Nullable String peer) {
        if (peer == null) {
            return null;
        }
        int colon = peer.lastIndexOf(':');
        boolean hasPort = colon > 0 && (peer.indexOf(':') == colon || peer.charAt(colon - 1) == ']');
        return hasPort ? peer.substring(0, colon) : peer;
    }
}
