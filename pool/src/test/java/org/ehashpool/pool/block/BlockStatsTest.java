package org.ehashpool.pool.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

final class BlockStatsTest {
    private static final String HASH = "ab".repeat(32);

    private final List<StatsEvent> told = new ArrayList<>();
    private final BlockStats stats = new BlockStats(told::add, 6);

    @Test
    void shouldTellOfABlockAndOfEachFateThatStays() {
        stats.found(block(900_000, BlockState.SUBMITTED));
        for (BlockState state : BlockState.values()) {
            stats.stateChanged(block(900_000, state));
        }

        assertThat(told)
                .containsExactly(
                        new StatsEvent.BlockFound(HASH, 900_000L, 7L, "worker"),
                        new StatsEvent.BlockConfirmed(HASH, 900_000L, 6),
                        new StatsEvent.BlockOrphaned(HASH, 900_000L));
    }

    @Test
    void shouldTellOfABlockOfUnknownHeight() {
        stats.found(block(-1, BlockState.WAITING));

        assertThat(told).containsExactly(new StatsEvent.BlockFound(HASH, null, 7L, "worker"));
    }

    private static BlockRecord block(int height, BlockState state) {
        return new BlockRecord(
                U256.fromHex(HASH),
                height,
                U256.fromHex("00".repeat(32)),
                Instant.EPOCH,
                "worker",
                7,
                2,
                List.of(),
                0,
                false,
                state,
                Instant.EPOCH);
    }
}
