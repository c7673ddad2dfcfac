package org.ehashpool.pool.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

final class BlockFatesTest {
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);
    private static final U256 OURS = U256.of(42);

    private final BlockFates fates = new BlockFates(3, 4);

    private static BlockRecord block(U256 hash, int height, BlockState state) {
        return new BlockRecord(hash, height, U256.of(1), AT, "alice", 1, 2, List.of("node:1"), 50, false, state, AT);
    }

    private void tip(long hash, int height) {
        fates.onTip(U256.of(hash), height, AT.plusSeconds(height));
    }

    private BlockState state() {
        return fates.find(OURS).orElseThrow().state();
    }

    private void found(BlockState state) {
        assertThat(fates.add(block(OURS, 100, state))).isTrue();
    }

    @Test
    void shouldConfirmWhenTheChainGrowsOnIt() {
        found(BlockState.SUBMITTED);
        tip(1, 99);
        assertThat(state()).isEqualTo(BlockState.SUBMITTED);
        tip(42, 100);
        assertThat(state()).isEqualTo(BlockState.ACCEPTED);
        tip(2, 101);
        tip(3, 102);
        assertThat(state()).isEqualTo(BlockState.ACCEPTED);
        tip(4, 103);
        assertThat(state()).isEqualTo(BlockState.CONFIRMED);
    }

    @Test
    void shouldOrphanWhenAnotherTipAtItsHeightStays() {
        found(BlockState.SUBMITTED);
        tip(7, 100);
        tip(8, 101);
        tip(9, 102);
        assertThat(state()).isEqualTo(BlockState.SUBMITTED);
        tip(10, 103);
        assertThat(state()).isEqualTo(BlockState.ORPHANED);
    }

    @Test
    void shouldOrphanWhenAReorganisationReplacesIt() {
        found(BlockState.SUBMITTED);
        tip(42, 100);
        tip(2, 101);
        tip(7, 100);
        assertThat(state()).isEqualTo(BlockState.SUBMITTED);
        tip(8, 101);
        tip(9, 103);
        assertThat(state()).isEqualTo(BlockState.ORPHANED);
    }

    @Test
    void shouldAcceptAgainWhenAReorganisationIsTakenBack() {
        found(BlockState.SUBMITTED);
        tip(42, 100);
        tip(7, 100);
        tip(42, 100);
        assertThat(state()).isEqualTo(BlockState.ACCEPTED);
        tip(2, 103);
        assertThat(state()).isEqualTo(BlockState.CONFIRMED);
    }

    @Test
    void shouldNotKnowWhenItsHeightWasNeverSeen() {
        found(BlockState.SUBMITTED);
        tip(1, 99);
        tip(2, 103);
        assertThat(state()).isEqualTo(BlockState.UNKNOWN);
    }

    @Test
    void shouldNotKnowWhenTheChainSteppedBackBelowItAndSkippedItsHeight() {
        found(BlockState.SUBMITTED);
        tip(42, 100);
        tip(6, 99);
        assertThat(state()).isEqualTo(BlockState.SUBMITTED);
        tip(7, 103);
        assertThat(state()).isEqualTo(BlockState.UNKNOWN);
    }

    @Test
    void shouldConfirmWhenItWasAcceptedBeforeARestart() {
        found(BlockState.ACCEPTED);
        tip(9, 102);
        assertThat(state()).isEqualTo(BlockState.ACCEPTED);
        tip(10, 103);
        assertThat(state()).isEqualTo(BlockState.CONFIRMED);
    }

    @Test
    void shouldStayAsItIsWhenTheFateIsFinal() {
        found(BlockState.CONFIRMED);
        tip(7, 100);
        tip(8, 200);
        assertThat(state()).isEqualTo(BlockState.CONFIRMED);
    }

    @Test
    void shouldKeepTheLatestOnlyAndEachOnce() {
        for (int i = 0; i < 6; i++) {
            assertThat(fates.add(block(U256.of(100 + i), 100 + i, BlockState.SUBMITTED)))
                    .isTrue();
            assertThat(fates.add(block(U256.of(100 + i), 100 + i, BlockState.SUBMITTED)))
                    .isFalse();
        }
        assertThat(fates.all())
                .hasSize(4)
                .first()
                .extracting(BlockRecord::height)
                .isEqualTo(102);
    }
}
