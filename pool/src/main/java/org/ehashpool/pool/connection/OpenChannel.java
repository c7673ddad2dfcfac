package org.ehashpool.pool.connection;

import org.ehashpool.kit.stats.ChannelShares;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.server.ChannelStatus;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.pool.account.Tally;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;

/** What is remembered of a channel besides what {@code ServerChannels} does. */
final class OpenChannel {
    final MiningConnection connection;
    final long openedAt;
    final Tally tally;
    final ChannelShares shares;
    private ChannelStatus status;
    private Payee payee;
    private float nominalHashRate;
    /** Equal outcomes in a row, of which the client has not been told yet. */
    private Outcome outcome = Outcome.RECORDED;

    private int outcomes;

    OpenChannel(
            MiningConnection connection,
            ChannelStatus status,
            Payee payee,
            float nominalHashRate,
            MiningStats stats,
            long now) {
        this.connection = connection;
        this.status = status;
        this.payee = payee;
        this.nominalHashRate = nominalHashRate;
        shares = stats.opened(connection.connectionId(), status, nominalHashRate);
        openedAt = now;
        tally = new Tally(now);
    }

    ChannelStatus status() {
        return status;
    }

    void changed(ChannelStatus present) {
        status = present;
    }

    Payee payee() {
        return payee;
    }

    void payee(Payee present) {
        payee = present;
    }

    void nominalHashRate(float hashRate) {
        nominalHashRate = hashRate;
    }

    /** A share was recorded. */
    void accepted(Target target, long now) {
        tally.accepted(target, 1, now);
        shares.accepted(target.work(), now);
    }

    /** Shares were refused. */
    void rejected(ShareError error, int count, long now) {
        tally.rejected(error, count);
        shares.rejected(error.code().toString(), count, now);
    }

    /** Whether the client has been told of all outcomes. */
    boolean isSettled() {
        return outcomes == 0;
    }

    Outcome outcome() {
        return outcome;
    }

    void count(Outcome next) {
        outcome = next;
        outcomes++;
    }

    int takeOutcomes() {
        int taken = outcomes;
        outcomes = 0;
        return taken;
    }

    ChannelView view(long connectionId, double presumedHashRate, long now) {
        return new ChannelView(
                connectionId,
                status.id(),
                status.standard(),
                status.userIdentity().printable(),
                status.payout().isPresent(),
                payee.key(),
                status.groupId(),
                status.target().difficulty(),
                status.target().toString(),
                nominalHashRate,
                presumedHashRate,
                openedAt,
                tally.figures(now));
    }
}
