package org.ehashpool.pool.events;

import java.time.Duration;
import java.util.Collection;
import org.ehashpool.mining.server.ChannelStatus;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The pool's log: one method per event. What a miner can cause at will is written at level DEBUG. */
public final class PoolEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.pool");

    private PoolEvents() {}

    /** A channel was opened. */
    public static void channelOpened(long connectionId, ChannelStatus channel) {
        if (LOG.isDebugEnabled()) {
            LOG.atDebug()
                    .addKeyValue("connection", connectionId)
                    .addKeyValue("channel", channel.id())
                    .addKeyValue("type", channel.standard() ? "standard" : "extended")
                    .addKeyValue("user", channel.userIdentity().printable())
                    .addKeyValue("solo", channel.payout().isPresent())
                    .addKeyValue("difficulty", channel.target().difficulty())
                    .log("channel_opened");
        }
    }

    /** A channel was closed, by either side or with its connection. */
    public static void channelClosed(long connectionId, @U32 long channelId, Text reason) {
        if (LOG.isDebugEnabled()) {
            LOG.atDebug()
                    .addKeyValue("connection", connectionId)
                    .addKeyValue("channel", channelId)
                    .addKeyValue("reason", reason.printable())
                    .log("channel_closed");
        }
    }

    /** A share does not count. */
    public static void shareRejected(long connectionId, Submission share, ShareError error) {
        if (LOG.isDebugEnabled()) {
            LOG.atDebug()
                    .addKeyValue("connection", connectionId)
                    .addKeyValue("channel", share.channelId())
                    .addKeyValue("sequence", share.sequenceNumber())
                    .addKeyValue("job", share.jobId())
                    .addKeyValue("reason", error.code())
                    .log("share_rejected");
        }
    }

    /** A share is a block. */
    public static void blockFound(long connectionId, @U32 long channelId, Text user, U256 hash) {
        LOG.atInfo()
                .addKeyValue("connection", connectionId)
                .addKeyValue("channel", channelId)
                .addKeyValue("user", user.printable())
                .addKeyValue("hash", hash.toHex())
                .log("block_found");
    }

    /** All miners of an event loop were told of a change of jobs. */
    public static void broadcast(String update, int connections, Duration took) {
        LOG.atDebug()
                .addKeyValue("update", update)
                .addKeyValue("connections", connections)
                .addKeyValue("took_us", took.toNanos() / 1_000)
                .log("jobs_sent");
    }

    /** It is not known what became of a commit. */
    public static void commitFailed(int credits, int attempt, Throwable cause) {
        if (attempt == 1) {
            LOG.atError().addKeyValue("credits", credits).setCause(cause).log("share_ledger_away");
        } else {
            LOG.atWarn()
                    .addKeyValue("credits", credits)
                    .addKeyValue("attempt", attempt)
                    .addKeyValue("cause", cause.getMessage())
                    .log("share_ledger_still_away");
        }
    }

    /** Commits work again. */
    public static void ledgerBack(Duration away) {
        LOG.atInfo().addKeyValue("away_ms", away.toMillis()).log("share_ledger_back");
    }

    /** A credit cannot be kept, now or ever. The cause may tell of values: only its kind is written. */
    public static void creditRefused(long connectionId, @U32 long channelId, Throwable cause) {
        LOG.atError()
                .addKeyValue("connection", connectionId)
                .addKeyValue("channel", channelId)
                .addKeyValue("cause", cause.getClass().getSimpleName())
                .log("credit_refused");
    }

    /** A node id was leased. */
    public static void nodeLeased(int node, long boot) {
        LOG.atInfo().addKeyValue("node", node).addKeyValue("boot", boot).log("node_leased");
    }

    /** The lease of the node id could not be made longer. */
    public static void nodeNotRenewed(int node, Throwable cause) {
        LOG.atWarn()
                .addKeyValue("node", node)
                .addKeyValue("cause", cause.getMessage())
                .log("node_lease_not_renewed");
    }

    /** What other processes left behind is this one's now. */
    public static void nodesTakenOver(Collection<Integer> nodes) {
        LOG.atInfo().addKeyValue("nodes", nodes).log("nodes_taken_over");
    }

    /** Carries of keys that had no share for long. */
    public static void carriesLapsed(int keys) {
        LOG.atInfo().addKeyValue("keys", keys).log("carries_lapsed");
    }

    /** The nodes that are gone could not be looked after. */
    public static void upkeepFailed(Throwable cause) {
        LOG.atWarn().addKeyValue("cause", cause.getMessage()).log("ledger_upkeep_failed");
    }

    /** Miners are asked to go and their last shares are settled. */
    public static void drained(int connections, int unsettled) {
        LOG.atLevel(unsettled == 0 ? Level.INFO : Level.ERROR)
                .addKeyValue("connections", connections)
                .addKeyValue("unsettled_shares", unsettled)
                .log("miners_asked_to_reconnect");
    }

    /** Somebody with the token ended a connection. */
    public static void disconnectedByOperator(long connectionId, String reason) {
        LOG.atInfo()
                .addKeyValue("connection", connectionId)
                .addKeyValue("reason", reason)
                .log("disconnected_by_operator");
    }

    /** Somebody with the token banned an address or a user. */
    public static void banned(long id, String subject, String reason) {
        LOG.atInfo()
                .addKeyValue("ban", id)
                .addKeyValue("subject", subject)
                .addKeyValue("reason", reason)
                .log("banned");
    }

    /** Somebody with the token lifted a ban. */
    public static void pardoned(long id, String subject) {
        LOG.atInfo().addKeyValue("ban", id).addKeyValue("subject", subject).log("ban_lifted");
    }

    /** A bug: something that concerns one connection threw. */
    public static void bug(long connectionId, Throwable cause) {
        LOG.atError().addKeyValue("connection", connectionId).setCause(cause).log("internal_error");
    }
}
