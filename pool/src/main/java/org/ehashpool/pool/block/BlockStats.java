package org.ehashpool.pool.block;

import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.stats.event.StatsEvent;
import org.jspecify.annotations.Nullable;

/** What the statistics service is told of blocks. */
final class BlockStats {
    private final StatsSink stats;
    private final int confirmations;

    /** @param confirmations how deep a block is when its fate is sealed */
    BlockStats(StatsSink stats, int confirmations) {
        this.stats = stats;
        this.confirmations = confirmations;
    }

    void found(BlockRecord block) {
        stats.publish(
                new StatsEvent.BlockFound(block.hash().toHex(), height(block), block.connectionId(), block.user()));
    }

    /** Tells of the fates that are known for good. */
    void stateChanged(BlockRecord block) {
        switch (block.state()) {
            case CONFIRMED ->
                stats.publish(new StatsEvent.BlockConfirmed(block.hash().toHex(), height(block), confirmations));
            case ORPHANED ->
                stats.publish(new StatsEvent.BlockOrphaned(block.hash().toHex(), height(block)));
            case WAITING, SUBMITTED, ACCEPTED, UNKNOWN -> {}
        }
    }

    private static @Nullable Long height(BlockRecord block) {
        return block.height() < 0 ? null : (long) block.height();
    }
}
