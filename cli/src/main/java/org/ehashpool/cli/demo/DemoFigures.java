package org.ehashpool.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What the suite has done so far.
 *
 * @param pool shares as the pool counts
 * @param translator shares as the translator counts; empty without one
 * @param miner shares of which the miner was told that they count, or do not
 * @param blocksFound as the pool counts
 * @param hashRate of the miner, hashes per second
 * @param height of the block that is mined, 0 before the first template
 */
record DemoFigures(
        Shares pool, Optional<Shares> translator, Shares miner, long blocksFound, double hashRate, long height) {

    /** Before anything. */
    static final DemoFigures NONE = new DemoFigures(Shares.NONE, Optional.empty(), Shares.NONE, 0, 0, 0);

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
     * @param miner its latest report
     */
    static DemoFigures of(JsonNode pool, JsonNode translator, JsonNode miner) {
        return new DemoFigures(
                Shares.of(pool),
                translator.isMissingNode() ? Optional.empty() : Optional.of(Shares.of(translator)),
                new Shares(
                        miner.path("shares_accepted").asLong(),
                        miner.path("shares_rejected").asLong()),
                pool.path("blocks_found").asLong(),
                miner.path("hashrate").asDouble(),
                pool.path("tip").path("height").asLong());
    }

    /** For a person, on one line. */
    String line(double seconds) {
        return "%6.1f s  %.2f MH/s  shares accepted %d, rejected %d  blocks found %d  mining block %d"
                .formatted(seconds, hashRate / 1e6, pool.accepted(), pool.rejected(), blocksFound, height);
    }

    /** For a person, at the end. */
    String summary() {
        String between =
                translator.map(shares -> ", translator " + shares.accepted()).orElse("");
        return "shares accepted: miner %d%s, pool %d; rejected by the pool %d; blocks found %d"
                .formatted(miner.accepted(), between, pool.accepted(), pool.rejected(), blocksFound);
    }
}
