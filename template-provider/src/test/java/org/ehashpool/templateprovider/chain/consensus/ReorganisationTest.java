package org.ehashpool.templateprovider.chain.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehashpool.templateprovider.chain.consensus.ChainScenario.COIN;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReorganisationTest {
    private ChainScenario chain;

    @BeforeEach
    void begin() throws Exception {
        chain = new ChainScenario();
    }

    private Draft after(BlockEntry entry, int tag) {
        return Draft.after(entry, chain.state.parameters()).tagged(tag);
    }

    @Test
    void shouldSwitchWhenABranchHasMoreWork() throws Exception {
        BlockEntry fork = chain.state.tip();
        Set<Outpoint> before = new HashSet<>(chain.state.coins().anyones());
        Bytes spend = Spend.of(chain.coin(1)).to(COIN).build();
        chain.accepted(after(fork, 1).with(spend).mined());
        chain.accepted(chain.next()
                .with(Spend.of(new Outpoint(Spend.id(spend), 0)).to(COIN).build())
                .mined());
        BlockEntry abandoned = chain.state.tip();

        BlockEntry first = chain.branched(after(fork, 2).mined());
        BlockEntry second = chain.branched(after(first, 2).mined());
        assertThat(chain.state.tip()).isEqualTo(abandoned);
        Acceptance.NewTip change = chain.accepted(after(second, 2).mined());

        assertThat(change.disconnected()).hasSize(2);
        assertThat(change.disconnected().getFirst().hash()).isEqualTo(abandoned.hash());
        assertThat(change.connected()).extracting(IdentifiedBlock::hash).startsWith(first.hash(), second.hash());
        assertThat(chain.state.tip().height()).isEqualTo(113);
        assertThat(chain.state.isInChain(abandoned)).isFalse();
        assertThat(chain.state.coins().anyones()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(chain.state.coins().size()).isEqualTo(before.size() + 3);
    }

    @Test
    void shouldSwitchBackWhenTheFirstBranchGrowsAgain() throws Exception {
        BlockEntry fork = chain.state.tip();
        Bytes spend = Spend.of(chain.coin(1)).to(COIN).build();
        BlockEntry old = chain.accepted(after(fork, 1).with(spend).mined()).tip();
        BlockEntry other = chain.branched(after(fork, 2).mined());
        chain.accepted(after(other, 2).mined());
        BlockEntry third = chain.branched(after(old, 1).mined());
        chain.accepted(after(third, 1).mined());

        assertThat(chain.state.coins().find(chain.coin(1))).isNull();
        assertThat(chain.state.coins().find(new Outpoint(Spend.id(spend), 0))).isNotNull();
        assertThat(chain.state.coins().size()).isEqualTo(ChainParameters.ALLOCATION_HEIGHT + 3);
    }

    @Test
    void shouldKeepFirstSeenWhenWorkIsEqual() throws Exception {
        BlockEntry fork = chain.state.tip();
        BlockEntry first = chain.accepted(after(fork, 1).mined()).tip();
        chain.branched(after(fork, 2).mined());
        assertThat(chain.state.tip()).isEqualTo(first);
    }

    @Test
    void shouldStayWhenABlockOfTheBranchBreaksARule() throws Exception {
        BlockEntry fork = chain.state.tip();
        BlockEntry tip = chain.accepted(after(fork, 1).mined()).tip();
        Draft greedy = after(fork, 2);
        greedy.reward++;
        Bytes wrong = greedy.mined();
        // Amounts are looked at only when a block is connected.
        BlockEntry branch = chain.branched(wrong);
        int coins = chain.state.coins().size();

        chain.assertRefused(after(branch, 2).mined(), "bad-prevblk");

        assertThat(chain.state.tip()).isEqualTo(tip);
        assertThat(chain.state.coins().size()).isEqualTo(coins);
        chain.assertRefused(wrong, "duplicate-invalid");
        chain.assertRefused(after(branch, 3).mined(), "bad-prevblk");
    }

    @Test
    void shouldStayWhenTheNewBlockItselfBreaksARule() throws Exception {
        BlockEntry fork = chain.state.tip();
        chain.accepted(after(fork, 1).mined());
        BlockEntry branch = chain.branched(after(fork, 2).mined());
        Draft greedy = after(branch, 2);
        greedy.reward++;
        chain.assertRefused(greedy.mined(), "bad-cb-amount");
        chain.accepted(after(branch, 3).mined());
    }

    @Test
    void shouldRefuseWhenBranchLeavesTooDeep() throws Exception {
        BlockEntry allowed = chain.state.tip();
        chain.accepted(chain.next().mined());
        BlockEntry tooDeep = allowed;
        for (int i = 1; i < ChainParameters.MAX_REORGANISATION; i++) {
            chain.accepted(chain.next().mined());
        }
        chain.branched(after(allowed, 2).mined());
        chain.accepted(chain.next().mined());
        chain.assertRefused(after(tooDeep, 3).mined(), "bad-fork-prior-to-checkpoint");
    }

    @Test
    void shouldSwitchWhenBranchLeavesAsDeepAsAllowed() throws Exception {
        BlockEntry fork = chain.state.tip();
        for (int i = 0; i < ChainParameters.MAX_REORGANISATION; i++) {
            chain.accepted(chain.next().mined());
        }
        BlockEntry branch = fork;
        for (int i = 0; i < ChainParameters.MAX_REORGANISATION; i++) {
            branch = chain.branched(after(branch, 2).mined());
        }
        Acceptance.NewTip change = chain.accepted(after(branch, 2).mined());
        assertThat(change.disconnected()).hasSize(ChainParameters.MAX_REORGANISATION);
    }

    @Test
    void shouldChangeNothingWhenTheStoreFails() throws Exception {
        BlockEntry tip = chain.state.tip();
        Bytes block =
                chain.next().with(Spend.of(chain.coin(1)).to(COIN).build()).mined();
        chain.store.full = true;
        assertThatThrownBy(() -> chain.accept(block)).isInstanceOf(IOException.class);
        assertThat(chain.state.tip()).isEqualTo(tip);
        assertThat(chain.state.coins().find(chain.coin(1))).isNotNull();
        chain.store.full = false;
        chain.accepted(block);
    }

    @Test
    void shouldComeToTheSameTipWhenReplayed() throws Exception {
        BlockEntry fork = chain.state.tip();
        chain.accepted(
                after(fork, 1).with(Spend.of(chain.coin(1)).to(COIN).build()).mined());
        BlockEntry branch = chain.branched(after(fork, 2).mined());
        chain.accepted(after(branch, 2).mined());

        ChainState replayed = new ChainState(chain.state.parameters(), chain.store, new DoubleSha256());
        for (int i = 0; i < chain.store.blocks.size(); i++) {
            replayed.restore(IdentifiedBlock.parse(chain.store.blocks.get(i), chain.hasher), i);
        }

        assertThat(replayed.tip().hash()).isEqualTo(chain.state.tip().hash());
        assertThat(replayed.coins().anyones())
                .containsExactlyInAnyOrderElementsOf(chain.state.coins().anyones());
        assertThat(replayed.coins().size()).isEqualTo(chain.state.coins().size());
    }
}
