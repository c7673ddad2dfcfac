package org.ehashpool.templateprovider.chain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.Bytes;

/** A chain with its allocation, in memory, at regtest's own target. */
final class ChainScenario {
    static final long COIN = 5_000_000_000L;

    final MemoryStore store = new MemoryStore();
    final DoubleSha256 hasher = new DoubleSha256();
    final ChainState state;
    long now = 1_800_000_000L;

    ChainScenario() throws IOException {
        state = new ChainState(new ChainParameters(ChainParameters.REGTEST_BITS), store, hasher);
        while (state.tip().height() < ChainParameters.ALLOCATION_HEIGHT) {
            accepted(AllocationBlocks.after(state.tip(), hasher));
        }
    }

    Acceptance accept(Bytes block) throws IOException {
        return state.accept(IdentifiedBlock.parse(block, hasher), now);
    }

    Acceptance.NewTip accepted(Bytes block) throws IOException {
        Acceptance acceptance = accept(block);
        assertThat(acceptance).isInstanceOf(Acceptance.NewTip.class);
        return (Acceptance.NewTip) acceptance;
    }

    BlockEntry branched(Bytes block) throws IOException {
        Acceptance acceptance = accept(block);
        assertThat(acceptance).isInstanceOf(Acceptance.Branch.class);
        return ((Acceptance.Branch) acceptance).entry();
    }

    /** Nothing has changed but the answer. */
    void assertRefused(Bytes block, String text) throws IOException {
        BlockEntry tip = state.tip();
        int coins = state.coins().size();
        int stored = store.blocks.size();
        assertThat(accept(block))
                .isInstanceOfSatisfying(
                        Acceptance.Refused.class,
                        refused -> assertThat(refused.text()).isEqualTo(text));
        assertThat(state.tip()).isEqualTo(tip);
        assertThat(state.coins().size()).isEqualTo(coins);
        assertThat(store.blocks).hasSize(stored);
    }

    Draft next() {
        return Draft.on(state);
    }

    Outpoint coin(int height) throws Exception {
        return Spend.allocation(state, height);
    }
}
