package org.ehashpool.templateprovider.chain.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.chain.consensus.Acceptance;
import org.ehashpool.templateprovider.chain.consensus.AllocationBlocks;
import org.ehashpool.templateprovider.chain.consensus.BlockStore;
import org.ehashpool.templateprovider.chain.consensus.ChainParameters;
import org.ehashpool.templateprovider.chain.consensus.ChainState;
import org.ehashpool.templateprovider.chain.consensus.Draft;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedBlock;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedTransaction;
import org.ehashpool.templateprovider.chain.consensus.Outpoint;
import org.ehashpool.templateprovider.chain.consensus.Spend;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MempoolTest {
    private static final long COIN = 5_000_000_000L;
    private static final long NOW = 1_800_000_000L;

    private final DoubleSha256 hasher = new DoubleSha256();
    private final List<Bytes> blocks = new ArrayList<>();
    private final ChainState chain = new ChainState(
            new ChainParameters(ChainParameters.REGTEST_BITS),
            new BlockStore() {
                @Override
                public long append(Bytes block) {
                    blocks.add(block);
                    return blocks.size() - 1L;
                }

                @Override
                public Bytes read(long location) {
                    return blocks.get((int) location);
                }
            },
            hasher);
    private final Mempool mempool = new Mempool(chain, new Mempool.Limits(50, 1 << 20));

    @BeforeEach
    void allocate() throws IOException {
        while (chain.tip().height() < ChainParameters.ALLOCATION_HEIGHT) {
            accept(AllocationBlocks.after(chain.tip(), hasher));
        }
    }

    private Acceptance.NewTip accept(Bytes block) throws IOException {
        Acceptance acceptance = chain.accept(IdentifiedBlock.parse(block, hasher), NOW);
        assertThat(acceptance).isInstanceOf(Acceptance.NewTip.class);
        return (Acceptance.NewTip) acceptance;
    }

    private Admission add(Bytes transaction) {
        return mempool.add(IdentifiedTransaction.parse(transaction, hasher), NOW);
    }

    private Bytes added(Bytes transaction) {
        assertThat(add(transaction)).isInstanceOf(Admission.Admitted.class);
        return transaction;
    }

    private static Bytes child(Bytes parent, long value) {
        return Spend.of(new Outpoint(Spend.id(parent), 0)).to(value).build();
    }

    private Outpoint coin(int height) throws Exception {
        return Spend.allocation(chain, height);
    }

    private List<U256> chosen(long weight, long operations) {
        return BlockSelection.choose(mempool.entries(), weight, operations).stream()
                .map(entry -> entry.transaction().id())
                .toList();
    }

    @Test
    void shouldSayWhyATransactionIsUnwanted() throws Exception {
        Bytes first = added(Spend.of(coin(1)).to(COIN - 1_000).build());
        assertThat(add(first)).isEqualTo(new Admission.Unwanted(Refusal.ALREADY_IN_MEMPOOL));
        assertThat(add(Spend.of(coin(1)).to(COIN - 9_000).build())).isEqualTo(new Admission.Unwanted(Refusal.CONFLICT));
        assertThat(add(Spend.of(coin(2)).to(COIN).build())).isEqualTo(new Admission.Unwanted(Refusal.FEE_TOO_LOW));
        assertThat(add(Spend.of(coin(2)).to(COIN - 1_000).lockTime(111).build()))
                .isEqualTo(new Admission.Unwanted(Refusal.NOT_FINAL));
        assertThat(add(Spend.of(coin(2)).sequence(200).to(COIN - 1_000).build()))
                .isEqualTo(new Admission.Unwanted(Refusal.NOT_FINAL_RELATIVE));
        assertThat(add(Draft.on(chain).coinbase())).isEqualTo(new Admission.Unwanted(Refusal.COINBASE));
        assertThat(add(Spend.of(coin(2)).to(1, Bytes.of(new byte[110_000])).build()))
                .isEqualTo(new Admission.Unwanted(Refusal.SIZE));
        assertThat(add(Spend.of(coin(12)).to(1).build())).isInstanceOf(Admission.Invalid.class);
        assertThat(mempool.size()).isEqualTo(1);
    }

    @Test
    void shouldRefuseChainsOfMoreThanTwentyFive() throws Exception {
        Bytes last = added(Spend.of(coin(1)).to(COIN - 1_000).build());
        for (int i = 2; i <= Mempool.MAX_CHAIN; i++) {
            last = added(child(last, COIN - 1_000L * i));
        }
        assertThat(add(child(last, COIN - 100_000))).isEqualTo(new Admission.Unwanted(Refusal.LONG_CHAIN));
    }

    @Test
    void shouldBeBoundedInNumber() throws Exception {
        Spend split = Spend.of(coin(1));
        for (int i = 0; i < 60; i++) {
            split.to(10_000_000);
        }
        Bytes parent = split.build();
        mempool.follow(accept(Draft.on(chain).with(parent).mined()), NOW);
        for (int i = 0; i < 50; i++) {
            added(Spend.of(new Outpoint(Spend.id(parent), i)).to(9_000_000).build());
        }
        assertThat(add(Spend.of(new Outpoint(Spend.id(parent), 50))
                        .to(1_000_000)
                        .build()))
                .isEqualTo(new Admission.Unwanted(Refusal.FULL));
    }

    @Test
    void shouldDropConflictsWithAllThatDependOnThemWhenABlockComes() throws Exception {
        Bytes loser = added(Spend.of(coin(1)).to(COIN - 1_000).build());
        added(child(loser, COIN - 2_000));
        Bytes other = added(Spend.of(coin(2)).to(COIN - 1_000).build());
        Bytes winner = Spend.of(coin(1)).to(COIN - 5_000).build();

        mempool.follow(accept(Draft.on(chain).with(winner).mined()), NOW);

        assertThat(mempool.entries())
                .extracting(entry -> entry.transaction().id())
                .containsExactly(Spend.id(other));
        assertThat(mempool.bytes()).isEqualTo(other.length());
    }

    @Test
    void shouldKeepChildWhenOnlyItsParentIsConfirmed() throws Exception {
        Bytes parent = added(Spend.of(coin(1)).to(COIN - 1_000).build());
        Bytes child = added(child(parent, COIN - 2_000));
        mempool.follow(accept(Draft.on(chain).with(parent).mined()), NOW);
        MempoolEntry left = mempool.find(Spend.id(child)).orElseThrow();
        assertThat(left.parents()).isEmpty();
        assertThat(mempool.size()).isEqualTo(1);
    }

    @Test
    void shouldChooseAPoorParentFirstWhenItsChildPaysForBoth() throws Exception {
        Bytes poor = added(Spend.of(coin(1)).to(COIN - 500).build());
        Bytes rich = added(child(poor, COIN - 100_000));
        Bytes middle = added(Spend.of(coin(2)).to(COIN - 5_000).build());

        assertThat(chosen(4_000_000, 80_000)).containsExactly(Spend.id(poor), Spend.id(rich), Spend.id(middle));
    }

    @Test
    void shouldChooseASiblingAgainByItsOwnRateWhenTheirParentWasChosen() throws Exception {
        Bytes parent = added(Spend.of(coin(1)).to(COIN / 2).to(COIN / 2 - 500).build());
        Bytes rich = added(child(parent, COIN / 2 - 100_000));
        Bytes sibling = added(Spend.of(new Outpoint(Spend.id(parent), 1))
                .to(COIN / 2 - 500 - 3_000)
                .build());
        Bytes between = added(Spend.of(coin(2)).to(COIN - 2_200).build());

        assertThat(chosen(4_000_000, 80_000))
                .containsExactly(Spend.id(parent), Spend.id(rich), Spend.id(sibling), Spend.id(between));
    }

    @Test
    void shouldPassOverWhatDoesNotFit() throws Exception {
        byte[] checks = new byte[301];
        Arrays.fill(checks, (byte) 0xac);
        checks[0] = 0x6a;
        Bytes costly = added(
                Spend.of(coin(1)).to(COIN - 100_000).to(0, Bytes.of(checks)).build());
        Bytes plain = added(Spend.of(coin(2)).to(COIN - 1_000).build());
        assertThat(chosen(4_000_000, 1_199)).containsExactly(Spend.id(plain));
        assertThat(chosen(4_000_000, 1_200)).containsExactly(Spend.id(costly), Spend.id(plain));
        assertThat(chosen(100, 80_000)).isEmpty();
    }
}
