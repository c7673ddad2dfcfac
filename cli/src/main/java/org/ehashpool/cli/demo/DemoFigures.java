package org.ehashpool.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What the suite has done so far.
 *
 * @param pool shares as the pool counts
 * @param translator shares as the translator counts; empty without one
 * @param purse what its wallet holds; empty without one
 * @param miner shares of which the miner was told that they count, or do not
 * @param blocksFound as the pool counts
 * @param hashRate of the miner, hashes per second
 * @param height of the block that is mined, 0 before the first template
 */
record DemoFigures(
        Shares pool,
        Optional<Shares> translator,
        Optional<Purse> purse,
        Shares miner,
        long blocksFound,
        double hashRate,
        long height) {

    /** Before anything. */
    static final DemoFigures NONE =
            new DemoFigures(Shares.NONE, Optional.empty(), Optional.empty(), Shares.NONE, 0, 0, 0);

    /** A wallet: quotes that it has minted from, and the ehash in it. */
    record Purse(long quotes, BigInteger ehash) {
        private static Optional<Purse> of(JsonNode wallet) {
            if (wallet.path("mints").isMissingNode()) {
                return Optional.empty();
            }
            long quotes = 0;
            for (JsonNode mint : wallet.path("mints")) {
                quotes += mint.path("quotes_claimed").asLong();
            }
            BigInteger ehash = BigInteger.ZERO;
            for (JsonNode balance : wallet.path("balances")) {
                ehash = ehash.add(new BigInteger(balance.path("unspent").asText("0")));
            }
            return Optional.of(new Purse(quotes, ehash));
        }
    }

    /** As one of those that count them has it. */
    record Shares(long accepted, long rejected) {
        private static final Shares NONE = new Shares(0, 0);

        private static Shares of(JsonNode global) {
            JsonNode shares = global.path("shares");
            return new Shares(
                    shares.path("accepted").asLong(), shares.path("rejected").asLong());
        }
    }

    /**
     * From what they say; what is missing is 0.
     *
     * @param pool its {@code /api/v1/global}
     * @param translator likewise; missing without a translator
     * @param wallet the translator's, of its {@code /api/v1/state}; missing without one
     * @param miner its latest report
     */
    static DemoFigures of(JsonNode pool, JsonNode translator, JsonNode wallet, JsonNode miner) {
        return new DemoFigures(
                Shares.of(pool),
                translator.isMissingNode() ? Optional.empty() : Optional.of(Shares.of(translator)),
                Purse.of(wallet),
                new Shares(
                        miner.path("shares_accepted").asLong(),
                        miner.path("shares_rejected").asLong()),
                pool.path("blocks_found").asLong(),
                miner.path("hashrate").asDouble(),
                pool.path("tip").path("height").asLong());
    }

    /** For a person, on one line. */
    String line(double seconds) {
        String held = purse.map(wallet -> "  quotes minted %d  ehash %s".formatted(wallet.quotes(), wallet.ehash()))
                .orElse("");
        return "%6.1f s  %.2f MH/s  shares accepted %d, rejected %d%s  blocks found %d  mining block %d"
                .formatted(seconds, hashRate / 1e6, pool.accepted(), pool.rejected(), held, blocksFound, height);
    }

    /** For a person, at the end. */
    String summary() {
        String between =
                translator.map(shares -> ", translator " + shares.accepted()).orElse("");
        String held = purse.map(wallet -> "; %s ehash of %d quotes, which cannot be exchanged for bitcoin yet"
                        .formatted(wallet.ehash(), wallet.quotes()))
                .orElse("");
        return "shares accepted: miner %d%s, pool %d; rejected by the pool %d; blocks found %d%s"
                .formatted(miner.accepted(), between, pool.accepted(), pool.rejected(), blocksFound, held);
    }
}
