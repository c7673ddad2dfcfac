package org.ehashpool.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the suite has done so far.
 *
 * @param sharesAccepted as the pool counts
 * @param sharesRejected as the pool counts
 * @param blocksFound as the pool counts
 * @param minerAccepted shares that the miner was told count
 * @param hashRate of the miner, hashes per second
 * @param height of the block that is mined, 0 before the first template
 */
record DemoFigures(
        long sharesAccepted, long sharesRejected, long blocksFound, long minerAccepted, double hashRate, long height) {

    /** Before anything. */
    static final DemoFigures NONE = new DemoFigures(0, 0, 0, 0, 0, 0);

    /** From the pool's {@code /api/v1/global} and the miner's latest report; what is missing is 0. */
    static DemoFigures of(JsonNode global, JsonNode miner) {
        return new DemoFigures(
                global.path("shares").path("accepted").asLong(),
                global.path("shares").path("rejected").asLong(),
                global.path("blocks_found").asLong(),
                miner.path("shares_accepted").asLong(),
                miner.path("hashrate").asDouble(),
                global.path("tip").path("height").asLong());
    }

    /** For a person, on one line. */
    String line(double seconds) {
        return "%6.1f s  %.2f MH/s  shares accepted %d, rejected %d  blocks found %d  mining block %d"
                .formatted(seconds, hashRate / 1e6, sharesAccepted, sharesRejected, blocksFound, height);
    }
}
