package org.ehashpool.statistics.fold;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a group of messages names and the directory does not know.
 *
 * @param channels by their session
 */
public record Wanted(
        Set<Session.Key> sessions,
        Map<Session.Key, Set<Long>> channels,
        Set<Downstream.Key> downstreams,
        Set<Miner.Key> miners) {

    /** Nothing is read twice. */
    public static Wanted of(List<Told> group, Directory directory) {
        Wanted wanted = new Wanted(new HashSet<>(), new HashMap<>(), new HashSet<>(), new HashSet<>());
        for (Told told : group) {
            if (told.message() instanceof StatsMessage.Event event) {
                wanted.add(told.origin(), event.event(), directory);
            }
        }
        return wanted;
    }

    /** Whether there is nothing to be read. */
    public boolean isEmpty() {
        return sessions.isEmpty() && channels.isEmpty() && downstreams.isEmpty() && miners.isEmpty();
    }

    private void add(Origin origin, StatsEvent event, Directory directory) {
        switch (event) {
            case StatsEvent.DownstreamConnected connected -> {
                session(origin, connected.downstreamId(), directory);
                downstream(Identity.of(origin, connected), directory);
            }
            case StatsEvent.ChannelOpened opened -> {
                channel(origin, opened.downstreamId(), opened.channelId(), directory);
                miner(Identity.of(origin, opened), directory);
                miner(Identity.otherMiner(origin), directory);
            }
            case StatsEvent.ChannelClosed closed ->
                channel(origin, closed.downstreamId(), closed.channelId(), directory);
            case StatsEvent.ShareAccepted shares ->
                channel(origin, shares.downstreamId(), shares.channelId(), directory);
            case StatsEvent.ShareRejected shares ->
                channel(origin, shares.downstreamId(), shares.channelId(), directory);
            case StatsEvent.DownstreamDisconnected gone -> session(origin, gone.downstreamId(), directory);
            case StatsEvent.BlockFound block -> optionalSession(origin, block.downstreamId(), directory);
            case StatsEvent.Hashrate hashrate -> optionalSession(origin, hashrate.downstreamId(), directory);
            case StatsEvent.Heartbeat heartbeat -> {}
            case StatsEvent.QuoteCreated quotes -> {}
            case StatsEvent.QuoteIssued quotes -> {}
            case StatsEvent.QuoteFailed quotes -> {}
            case StatsEvent.BlockConfirmed block -> {}
            case StatsEvent.BlockOrphaned block -> {}
            case StatsEvent.Balance balance -> {}
            case StatsEvent.Unknown unknown -> {}
        }
    }

    private void optionalSession(Origin origin, @Nullable Long number, Directory directory) {
        if (number != null) {
            session(origin, number, directory);
        }
    }

    private void session(Origin origin, long number, Directory directory) {
        Session.Key key = new Session.Key(origin.boot(), number);
        if (directory.session(key) == null && sessions.add(key)) {
            downstream(Identity.unknown(origin), directory);
            downstream(Identity.other(origin), directory);
        }
    }

    private void channel(Origin origin, long number, long channel, Directory directory) {
        Session.Key key = new Session.Key(origin.boot(), number);
        Session session = directory.session(key);
        if (session == null) {
            session(origin, number, directory);
        }
        if (session == null || session.channel(channel) == null) {
            channels.computeIfAbsent(key, first -> new HashSet<>()).add(channel);
        }
    }

    private void downstream(Downstream.Key key, Directory directory) {
        if (directory.downstream(key) == null) {
            downstreams.add(key);
        }
    }

    private void miner(Miner.Key key, Directory directory) {
        if (directory.miner(key) == null) {
            miners.add(key);
        }
    }
}
