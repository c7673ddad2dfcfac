package org.ehashpool.translator.purse;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.wallet.Balance;
import org.ehashpool.wallet.store.Claimed;
import org.jspecify.annotations.Nullable;

/** What the statistics service is told of the wallet. For one thread at a time. */
final class WalletStats {
    private static final Duration REPETITION = Duration.ofMinutes(1);

    private final StatsSink sink;
    private final InstantSource clock;
    private final Map<Account, BigInteger> balances = new HashMap<>();
    private @Nullable Map<Account, Claimed> claims;
    private Instant toldAll = Instant.MIN;

    private record Account(String mint, String unit) {}

    WalletStats(StatsSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** Tells what is new since the last look; the first only says what there is. */
    synchronized void look(List<Balance> present, List<Claimed> claimed) {
        balances(present);
        Map<Account, Claimed> before = claims;
        Map<Account, Claimed> now = new HashMap<>();
        for (Claimed one : claimed) {
            Account account = new Account(one.mint().toString(), one.unit());
            now.put(account, one);
            if (before != null) {
                issued(account, before.get(account), one);
            }
        }
        claims = now;
    }

    private void balances(List<Balance> present) {
        Instant now = clock.instant();
        boolean all = toldAll.isAfter(now) || !toldAll.plus(REPETITION).isAfter(now);
        if (all) {
            toldAll = now;
        }
        for (Balance one : present) {
            Account account = new Account(one.mint().toString(), one.unit());
            BigInteger told = balances.put(account, one.unspent());
            if (all || !one.unspent().equals(told)) {
                sink.publish(new StatsEvent.Balance(account.mint(), account.unit(), one.unspent()));
            }
        }
    }

    private void issued(Account account, @Nullable Claimed before, Claimed now) {
        BigInteger amount = before == null ? now.amount() : now.amount().subtract(before.amount());
        long quotes = before == null ? now.quotes() : now.quotes() - before.quotes();
        if (amount.signum() > 0) {
            sink.publish(new StatsEvent.QuoteIssued(account.mint(), account.unit(), Math.max(0, quotes), amount));
        }
    }
}
