package org.ehashpool.translator.downstream;

import java.time.InstantSource;
import org.ehashpool.kit.stats.ChannelShares;
import org.ehashpool.kit.stats.ShareReports;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.translator.sv1.ShareObserver;
import org.ehashpool.translator.sv1.Sv1Error;
import org.ehashpool.translator.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * What the statistics service is told of one miner, from when he mines: a downstream with one channel. On the translator's
 * event loop.
 */
final class MinerStats implements ShareObserver {
    private static final long CHANNEL = 1;
    private static final int LONGEST = 255;

    private final StatsSink sink;
    private final ShareReports reports;
    private final ShareObserver others;
    private final InstantSource clock;
    private @Nullable ChannelShares shares;
    private long id;

    /** @param others who is told of all shares, too */
    MinerStats(StatsSink sink, ShareReports reports, ShareObserver others, InstantSource clock) {
        this.sink = sink;
        this.reports = reports;
        this.others = others;
        this.clock = clock;
    }

    /**
     * He is subscribed and authorised.
     *
     * @param user the name that was authorised first
     * @param agent what he says he is; may be empty
     */
    void mining(Wire wire, String user, String agent) {
        id = wire.id();
        String name = printable(user);
        sink.publish(new StatsEvent.DownstreamConnected(
                id,
                "miner",
                wire.peer().getAddress().getHostAddress() + ":" + wire.peer().getPort(),
                agent.isEmpty() ? null : printable(agent),
                name,
                0));
        sink.publish(new StatsEvent.ChannelOpened(id, CHANNEL, "sv1", name, 0));
        shares = reports.channel(id, CHANNEL);
    }

    /** The pool accepted a share for this work. */
    void accepted(Work work) {
        ChannelShares present = shares;
        if (present != null) {
            present.accepted(work.target().work(), clock.millis());
        }
    }

    @Override
    public void accepted() {
        others.accepted();
    }

    @Override
    public void refused(Sv1Error error) {
        others.refused(error);
        ChannelShares present = shares;
        if (present != null) {
            present.rejected(error.label(), 1, clock.millis());
        }
    }

    /** It may count or not: nothing is told of it. */
    @Override
    public void unconfirmed() {
        others.unconfirmed();
    }

    /** He is gone, and so is his channel. */
    void ended(EndReason reason) {
        ChannelShares present = shares;
        if (present != null) {
            present.tell();
            shares = null;
            sink.publish(new StatsEvent.DownstreamDisconnected(id, reason.label()));
        }
    }

    /** Miners may say anything. */
    private static String printable(String text) {
        return MinerEvents.printable(text.substring(0, Math.min(text.length(), LONGEST)));
    }
}
