package org.ehashpool.statistics.figures;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mint, as pools tell of it and as it tells of itself.
 *
 * @param publicKey the 64 digits of its key's x; empty for shares that wait in a pool and are in no order
 * @param state "connected", "away", "stale" where no pool that knows it is heard of, or
 *     "unbound"
 * @param asOf when the pools told
 * @param readOnly why it changes nothing; null where it does, or does not say
 * @param quotingStopped why it makes no quotes; null where it does, or does not say
 */
public record MintView(
        String publicKey,
        @Nullable String url,
        List<String> units,
        String state,
        @Nullable Instant asOf,
        List<Backlog> backlogs,
        @Nullable String readOnly,
        @Nullable String quotingStopped) {

    public MintView {
        units = List.copyOf(units);
        backlogs = List.copyOf(backlogs);
    }

    /**
     * What waits at a pool for the mint's quotes.
     *
     * @param connections of the mint to that pool
     * @param unanswered requests that were sent
     * @param orders that wait, as are the shares in them and what they are worth
     * @param refused orders that the mint refused for good
     */
    public record Backlog(
            String pool, int connections, long unanswered, long orders, long shares, BigInteger amount, long refused) {}

    /** What waits at all pools. */
    public BigInteger amount() {
        return backlogs.stream().map(Backlog::amount).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Orders that wait at all pools. */
    public long orders() {
        return backlogs.stream().mapToLong(Backlog::orders).sum();
    }

    /** Orders that the mint refused for good. */
    public long refused() {
        return backlogs.stream().mapToLong(Backlog::refused).sum();
    }

    /** Shares that wait at all pools. */
    public long shares() {
        return backlogs.stream().mapToLong(Backlog::shares).sum();
    }
}
