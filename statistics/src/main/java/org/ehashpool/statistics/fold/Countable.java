package org.ehashpool.statistics.fold;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.ehashpool.stats.event.StatsEvent;

/** Whether what an event says can be counted. What no service of this world can mean would only break sums. */
final class Countable {
    private static final long MOST = 1 << 24;
    private static final int WIDEST_WORK = 200;
    private static final int WIDEST_AMOUNT = 64;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Countable() {}

    static boolean test(StatsEvent event) {
        return switch (event) {
            case StatsEvent.ShareAccepted shares -> shares.count() <= MOST && bits(shares.work()) <= WIDEST_WORK;
            case StatsEvent.ShareRejected shares -> shares.count() <= MOST;
            case StatsEvent.QuoteCreated quotes -> quotes.count() <= MOST && bits(quotes.amount()) <= WIDEST_AMOUNT;
            case StatsEvent.QuoteIssued quotes -> quotes.count() <= MOST && bits(quotes.amount()) <= WIDEST_AMOUNT;
            case StatsEvent.QuoteFailed quotes -> quotes.count() <= MOST && bits(quotes.amount()) <= WIDEST_AMOUNT;
            case StatsEvent.Balance balance -> bits(balance.amount()) <= WIDEST_AMOUNT;
            case StatsEvent.BlockFound block -> isHash(block.hash());
            case StatsEvent.BlockConfirmed block -> isHash(block.hash());
            case StatsEvent.BlockOrphaned block -> isHash(block.hash());
            case StatsEvent.Unknown unknown -> false;
            case StatsEvent.Heartbeat heartbeat -> true;
            case StatsEvent.DownstreamConnected connected -> true;
            case StatsEvent.DownstreamDisconnected disconnected -> true;
            case StatsEvent.ChannelOpened opened -> true;
            case StatsEvent.ChannelClosed closed -> true;
            case StatsEvent.Hashrate hashrate -> true;
        };
    }

    private static int bits(BigInteger number) {
        return number.bitLength();
    }

    private static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }
}
