package org.ehashpool.pool.connection;

import org.ehashpool.mining.server.ChannelStatus;
import org.ehashpool.pool.account.Tally;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;

/** What is remembered of a channel besides what {@code ServerChannels} does. */
final class OpenChannel {
    final MiningConnection connection;
    final long openedAt;
    final Tally tally;
    private ChannelStatus status;
    private Payee payee;
    private float nominalHashRate;
    /** Equal outcomes in a row, of which the client has not been told yet. */
    private Outcome outcome = Outcome.RECORDED;

    private int outcomes;

    OpenChannel(MiningConnection connection, ChannelStatus status, Payee payee, float nominalHashRate, long now) {
        this.connection = connection;
        this.status = status;
        this.payee = payee;
        this.nominalHashRate = nominalHashRate;
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
