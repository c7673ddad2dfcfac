package org.ehashpool.statistics.fold;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/**
 * What messages mean. Belongs to the one writer. What it changes of the directory counts only when it is written: after a
 * transaction that failed, the directory has to be forgotten.
 */
public final class Fold {
    private static final int MOST_NAMES = 200_000;

    private final Directory directory;
    private final ClockRule clock;
    private final Names names = new Names();

    public Fold(Directory directory, ClockRule clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Folds a group.
     *
     * @param group in the order of arrival; the directory has all that it names and the tables hold
     * @param lastSeq of every boot of the group, as the tables have it
     * @param countable whether events count; what cannot be written otherwise is kept aside
     */
    public Changes fold(List<Told> group, Map<Integer, Long> lastSeq, boolean countable) {
        Changes changes = new Changes();
        lastSeq.forEach((boot, last) -> changes.progress.put(boot, new Changes.Progress(last, Long.MIN_VALUE)));
        for (Told told : group) {
            Changes.Progress before = changes.progress.get(told.origin().boot());
            if (before == null) {
                throw new IllegalArgumentException("a boot whose last number is not known");
            }
            long last = before.lastSeq();
            switch (told.message()) {
                case StatsMessage.Event event -> {
                    if (advances(changes, told, event.seq(), event.seq(), last)) {
                        event(changes, told, event, countable);
                    }
                }
                case StatsMessage.Gap gap -> {
                    if (advances(changes, told, gap.from(), gap.to(), last)) {
                        changes.gaps.add(new Changes.Gap(
                                told.origin().boot(), Math.max(gap.from(), last + 1), gap.to(), told.receivedAt()));
                    }
                }
                case StatsMessage.Hello hello -> throw new IllegalArgumentException("a hello has no number");
            }
        }
        return changes;
    }

    /** Whether the numbers are the next ones. Earlier ones are told twice; later ones leave something out. */
    private static boolean advances(Changes changes, Told told, long from, long to, long last) {
        int boot = told.origin().boot();
        if (to <= last) {
            return false;
        }
        if (from > last + 1) {
            changes.outOfOrder.add(boot);
            return false;
        }
        changes.progress.put(boot, new Changes.Progress(to, told.receivedAt()));
        return true;
    }

    private void event(Changes changes, Told told, StatsMessage.Event event, boolean countable) {
        boolean known = countable && Countable.test(event.event());
        long at = clock.countedAt(event.at(), told.receivedAt());
        changes.events.add(new RawEvent(told, event, at, known, countable));
        if (known) {
            count(changes, told, event, at);
        } else {
            String type = names.bounded(told.origin().sender(), "type", MessageJson.typeOf(event.event()));
            changes.aside.merge(
                    new Changes.Aside(told.origin().sender(), type),
                    new Changes.Times(1, told.receivedAt()),
                    (old, more) -> new Changes.Times(old.count() + 1, more.lastAt()));
        }
    }

    private void count(Changes changes, Told told, StatsMessage.Event event, long at) {
        Origin origin = told.origin();
        switch (event.event()) {
            case StatsEvent.ShareAccepted shares -> accepted(changes, origin, shares, at);
            case StatsEvent.ShareRejected shares -> rejected(changes, origin, shares, at);
            case StatsEvent.Heartbeat heartbeat -> {
                changes.beats.put(
                        origin.sender(), new Beat(origin.sender(), heartbeat, event.at(), told.receivedAt(), at));
                if (heartbeat.state().equals("stopped")) {
                    changes.ended.put(origin.boot(), at);
                }
            }
            case StatsEvent.DownstreamConnected connected -> connected(changes, origin, connected, at);
            case StatsEvent.DownstreamDisconnected gone ->
                session(changes, origin, gone.downstreamId(), at).disconnect(Names.cut(gone.reason()), at);
            case StatsEvent.ChannelOpened opened -> opened(changes, origin, opened, at);
            case StatsEvent.ChannelClosed closed -> {
                Channel channel =
                        channel(changes, session(changes, origin, closed.downstreamId(), at), closed.channelId(), at);
                if (channel != null && channel.isOpen()) {
                    channel.close(Names.cut(closed.reason()), at);
                }
            }
            case StatsEvent.QuoteCreated quotes ->
                quotes(changes.created, key(origin, quotes.mint(), quotes.unit(), at), quotes.count(), quotes.amount());
            case StatsEvent.QuoteIssued quotes ->
                quotes(changes.issued, key(origin, quotes.mint(), quotes.unit(), at), quotes.count(), quotes.amount());
            case StatsEvent.QuoteFailed quotes ->
                quotes(
                        changes.failed,
                        new QuoteCell.Failure(
                                key(origin, quotes.mint(), quotes.unit(), at),
                                names.bounded(origin.sender(), "failure", quotes.reason())),
                        quotes.count(),
                        quotes.amount());
            case StatsEvent.BlockFound block -> {
                Long number = block.downstreamId();
                Downstream whose = number == null
                        ? null
                        : session(changes, origin, number, at).downstream();
                block(
                        changes,
                        new BlockChange(
                                block.hash(),
                                block.height(),
                                origin.sender(),
                                whose,
                                block.user() == null ? null : Names.cut(block.user()),
                                BlockChange.FOUND,
                                0,
                                at,
                                at));
            }
            case StatsEvent.BlockConfirmed block ->
                block(
                        changes,
                        new BlockChange(
                                block.hash(),
                                block.height(),
                                origin.sender(),
                                null,
                                null,
                                "confirmed",
                                block.confirmations(),
                                at,
                                at));
            case StatsEvent.BlockOrphaned block ->
                block(
                        changes,
                        new BlockChange(
                                block.hash(), block.height(), origin.sender(), null, null, "orphaned", 0, at, at));
            case StatsEvent.Hashrate hashrate -> {
                Long number = hashrate.downstreamId();
                if (number != null) {
                    session(changes, origin, number, at).downstream().subject().report(hashrate.hashesPerSecond(), at);
                } else if (origin.whole()) {
                    changes.whole.report(hashrate.hashesPerSecond(), at);
                }
            }
            case StatsEvent.Balance balance -> balance(changes, origin, balance, at);
            case StatsEvent.Unknown unknown -> throw new IllegalArgumentException("cannot be counted");
        }
    }

    private void accepted(Changes changes, Origin origin, StatsEvent.ShareAccepted shares, long at) {
        Session session = session(changes, origin, shares.downstreamId(), at);
        session.tally().accept(shares.count(), shares.work(), at);
        session.downstream().subject().accept(shares.count(), shares.work(), at);
        Channel channel = channel(changes, session, shares.channelId(), at);
        if (channel != null) {
            channel.tally().accept(shares.count(), shares.work(), at);
            channel.miner().subject().accept(shares.count(), shares.work(), at);
        }
        if (origin.whole()) {
            changes.whole.accept(shares.count(), shares.work(), at);
        }
    }

    private void rejected(Changes changes, Origin origin, StatsEvent.ShareRejected shares, long at) {
        Session session = session(changes, origin, shares.downstreamId(), at);
        session.tally().reject(shares.count(), at);
        session.downstream().subject().reject(shares.count(), at);
        Channel channel = channel(changes, session, shares.channelId(), at);
        if (channel != null) {
            channel.tally().reject(shares.count(), at);
            channel.miner().subject().reject(shares.count(), at);
        }
        if (origin.whole()) {
            changes.whole.reject(shares.count(), at);
        }
        changes.rejections.merge(
                new Changes.Rejection(
                        minute(at), session.downstream(), names.bounded(origin.sender(), "rejection", shares.reason())),
                shares.count(),
                Long::sum);
    }

    private void connected(Changes changes, Origin origin, StatsEvent.DownstreamConnected connected, long at) {
        Session.Key key = new Session.Key(origin.boot(), connected.downstreamId());
        if (directory.session(key) != null) {
            // A number is one connection's within a boot: nothing is to be counted a second time.
            session(changes, origin, connected.downstreamId(), at);
            return;
        }
        Downstream downstream = downstream(Identity.of(origin, connected), origin, at);
        begin(changes, Session.fresh(key, downstream, Names.cut(connected.peer()), connected.flags(), at), at);
    }

    private void begin(Changes changes, Session session, long at) {
        directory.put(session);
        session.downstream().subject().connected();
        touch(changes, session, at);
    }

    private void opened(Changes changes, Origin origin, StatsEvent.ChannelOpened opened, long at) {
        Session session = session(changes, origin, opened.downstreamId(), at);
        Channel before = channel(changes, session, opened.channelId(), at);
        if (before != null && before.isOpen()) {
            before.close("replaced", at);
        }
        Miner.Key key = Identity.of(origin, opened);
        Miner miner = directory.miner(key);
        if (miner == null && !directory.hasRoomForMiner(MOST_NAMES)) {
            key = Identity.otherMiner(origin);
            miner = directory.miner(key);
        }
        if (miner == null) {
            miner = new Miner(key, Subject.fresh(at));
            directory.add(miner);
        }
        Channel channel = Channel.fresh(
                session, miner, opened.channelId(), Names.cut(opened.kind()), opened.nominalHashrate(), at);
        session.open(channel);
        touch(changes, channel, at);
    }

    private Session session(Changes changes, Origin origin, long number, long at) {
        Session.Key key = new Session.Key(origin.boot(), number);
        Session session = directory.session(key);
        if (session == null) {
            session = Session.fresh(key, downstream(Identity.unknown(origin), origin, at), null, 0, at);
            begin(changes, session, at);
            return session;
        }
        touch(changes, session, at);
        return session;
    }

    private Downstream downstream(Downstream.Key wanted, Origin origin, long at) {
        Downstream downstream = directory.downstream(wanted);
        Downstream.Key key = wanted;
        if (downstream == null && !directory.hasRoomForDownstream(MOST_NAMES)) {
            key = Identity.other(origin);
            downstream = directory.downstream(key);
        }
        if (downstream == null) {
            downstream = new Downstream(key, Subject.fresh(at));
            directory.add(downstream);
        }
        return downstream;
    }

    private static @Nullable Channel channel(Changes changes, Session session, long number, long at) {
        Channel channel = session.channel(number);
        if (channel != null) {
            touch(changes, channel, at);
        }
        return channel;
    }

    private static void touch(Changes changes, Session session, long at) {
        session.active(at);
        changes.sessions.add(session);
        changes.downstreams.add(session.downstream());
    }

    private static void touch(Changes changes, Channel channel, long at) {
        channel.miner().subject().active(at);
        changes.channels.add(channel);
        changes.miners.add(channel.miner());
    }

    private QuoteCell.Key key(Origin origin, @Nullable String mint, String unit, long at) {
        return new QuoteCell.Key(
                minute(at),
                origin.sender(),
                names.bounded(origin.sender(), "mint", mint),
                names.bounded(origin.sender(), "unit", unit));
    }

    private static <K> void quotes(Map<K, QuoteCell> cells, K key, long count, BigInteger amount) {
        cells.computeIfAbsent(key, first -> new QuoteCell()).add(count, amount);
    }

    private static void block(Changes changes, BlockChange change) {
        changes.blocks.merge(change.hash(), change, BlockChange::then);
    }

    private void balance(Changes changes, Origin origin, StatsEvent.Balance balance, long at) {
        BalanceChange change = new BalanceChange(
                new BalanceChange.Key(
                        origin.sender(),
                        names.bounded(origin.sender(), "mint", balance.mint()),
                        names.bounded(origin.sender(), "unit", balance.unit())),
                balance.amount(),
                at);
        changes.balances.put(change.key(), change);
        changes.balanceMinutes.put(new BalanceChange.Minute(change.key(), minute(at)), change);
    }

    private static long minute(long at) {
        return at - Math.floorMod(at, Subject.MINUTE);
    }
}
