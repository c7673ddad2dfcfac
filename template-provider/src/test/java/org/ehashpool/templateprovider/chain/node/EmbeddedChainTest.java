package org.ehashpool.templateprovider.chain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ehashpool.mining.header.Block;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.chain.consensus.Acceptance;
import org.ehashpool.templateprovider.chain.consensus.ChainParameters;
import org.ehashpool.templateprovider.chain.consensus.Draft;
import org.ehashpool.templateprovider.chain.mempool.Mempool;
import org.ehashpool.templateprovider.chain.mempool.MempoolEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedChainTest {
    private static final Mempool.Limits LIMITS = new Mempool.Limits(5_000, 32 << 20);

    @TempDir
    Path directory;

    private Instant now = Instant.ofEpochSecond(1_800_000_000L);
    private final InstantSource clock = () -> now;

    private EmbeddedChain open() throws IOException {
        return EmbeddedChain.open(
                directory, new ChainParameters(ChainParameters.REGTEST_BITS), LIMITS, clock, new Random(3));
    }

    /** A block as a pool makes it of a template. */
    private static Bytes solve(BlockTemplate template, EmbeddedChain chain) {
        Draft draft = Draft.after(template.previous(), chain.state().parameters());
        draft.reward = template.value();
        draft.time = template.time();
        draft.bits = template.bits();
        template.transactions()
                .forEach(entry -> draft.with(entry.transaction().raw().serialized()));
        Bytes block = draft.mined();
        Bytes commitment =
                Block.parse(block).transactions().getFirst().outputs().getLast().script();
        assertThat(commitment).isEqualTo(template.witnessCommitment());
        return block;
    }

    @Test
    void shouldAcceptEveryTemplateOnceItIsSolved() throws Exception {
        Random random = new Random(11);
        int confirmed = 0;
        int chained = 0;
        int costly = 0;
        try (EmbeddedChain chain = open()) {
            for (int i = 0; i < 400; i++) {
                chain.generate(random.nextInt(30));
                now = now.plusSeconds(random.nextInt(20));
                BlockTemplate template = chain.template();
                Bytes block = solve(template, chain);
                assertThat(chain.propose(block)).isEmpty();
                assertThat(chain.submit(block)).isInstanceOf(Acceptance.NewTip.class);
                confirmed += template.transactions().size();
                for (MempoolEntry entry : template.transactions()) {
                    chained += entry.transaction().raw().inputs().stream()
                                    .anyMatch(input -> template.transactions().stream()
                                            .anyMatch(other ->
                                                    other.transaction().id().equals(input.previousTransaction())))
                            ? 1
                            : 0;
                    costly += entry.signatureOperations() > 0 ? 1 : 0;
                }
            }
            assertThat(chain.state().tip().height()).isEqualTo(ChainParameters.ALLOCATION_HEIGHT + 400);
            assertThat(confirmed).isGreaterThan(4_000);
            assertThat(chained).isGreaterThan(200);
            assertThat(costly).isGreaterThan(200);
            assertThat(chain.state().coins().anyones()).hasSizeBetween(100, 2_000);
        }
    }

    @Test
    void shouldFillBlocksUpToTheirLimitsWhenMuchWaits() throws Exception {
        try (EmbeddedChain chain = open()) {
            for (int i = 0; i < 30; i++) {
                chain.generate(400);
                BlockTemplate template = chain.template();
                assertThat(template.transactions().stream()
                                .mapToLong(MempoolEntry::weight)
                                .sum())
                        .isLessThan(ChainParameters.MAX_WEIGHT - 7_999);
                assertThat(template.transactions().stream()
                                .mapToLong(MempoolEntry::signatureOperations)
                                .sum())
                        .isLessThanOrEqualTo(ChainParameters.MAX_SIGNATURE_OPERATIONS - 400);
                assertThat(chain.submit(solve(template, chain))).isInstanceOf(Acceptance.NewTip.class);
            }
        }
    }

    @Test
    void shouldPutParentsBeforeChildrenInEveryTemplate() throws Exception {
        try (EmbeddedChain chain = open()) {
            for (int i = 0; i < 20; i++) {
                chain.generate(200);
                Set<U256> before = new HashSet<>();
                for (MempoolEntry entry : chain.template().transactions()) {
                    entry.parents()
                            .forEach(parent -> assertThat(before)
                                    .contains(parent.transaction().id()));
                    before.add(entry.transaction().id());
                }
                chain.submit(solve(chain.template(), chain));
            }
        }
    }

    @Test
    void shouldBeTheSameChainWhenOpenedAgain() throws Exception {
        ChainStatus status;
        try (EmbeddedChain chain = open()) {
            for (int i = 0; i < 30; i++) {
                chain.generate(20);
                chain.submit(solve(chain.template(), chain));
            }
            status = chain.status();
        }
        try (EmbeddedChain chain = open()) {
            assertThat(chain.status().tip()).isEqualTo(status.tip());
            assertThat(chain.status().coins()).isEqualTo(status.coins());
            chain.generate(20);
            assertThat(chain.submit(solve(chain.template(), chain))).isInstanceOf(Acceptance.NewTip.class);
        }
    }

    @Test
    void shouldGoOnFromTheBlockBeforeWhenTheLastOneIsTorn() throws Exception {
        try (EmbeddedChain chain = open()) {
            chain.submit(solve(chain.template(), chain));
            chain.submit(solve(chain.template(), chain));
        }
        Path file = directory.resolve("blocks-00000.dat");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 10));
        try (EmbeddedChain chain = open()) {
            assertThat(chain.status().height()).isEqualTo(ChainParameters.ALLOCATION_HEIGHT + 1);
            assertThat(chain.submit(solve(chain.template(), chain))).isInstanceOf(Acceptance.NewTip.class);
        }
    }

    @Test
    void shouldSayWhichBlockIsWrongWhenAStoredOneBreaksARule() throws Exception {
        try (EmbeddedChain chain = open()) {
            chain.submit(solve(chain.template(), chain));
        }
        Path file = directory.resolve("blocks-00000.dat");
        byte[] whole = Files.readAllBytes(file);
        // The last block twice: each record is whole, but a chain has no block twice.
        int last = lastRecord(whole);
        Files.write(file, Arrays.copyOfRange(whole, last, whole.length), StandardOpenOption.APPEND);
        assertThatThrownBy(this::open).hasMessageContaining("which breaks a rule (duplicate)");
    }

    private static int lastRecord(byte[] file) {
        int start = file.length - 16;
        while (file[start] != (byte) 0xfa
                || file[start + 1] != (byte) 0xbf
                || file[start + 2] != (byte) 0xb5
                || file[start + 3] != (byte) 0xda) {
            start--;
        }
        return start;
    }

    @Test
    void shouldTakeTransactionsBackWhenTheirBlockLeavesTheChain() throws Exception {
        try (EmbeddedChain chain = open()) {
            chain.generate(10);
            BlockTemplate template = chain.template();
            assertThat(template.transactions()).isNotEmpty();
            List<U256> ids = template.transactions().stream()
                    .map(entry -> entry.transaction().id())
                    .toList();
            chain.submit(solve(template, chain));
            assertThat(chain.mempool().size()).isZero();

            Draft first =
                    Draft.after(template.previous(), chain.state().parameters()).tagged(1);
            chain.submit(first.mined());
            Draft second = Draft.after(
                            chain.state()
                                    .find(Block.parse(first.mined()).header().hash(chain.hasher()))
                                    .orElseThrow(),
                            chain.state().parameters())
                    .tagged(1);
            assertThat(chain.submit(second.mined())).isInstanceOf(Acceptance.NewTip.class);

            assertThat(chain.mempool().entries())
                    .extracting(entry -> entry.transaction().id())
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(chain.submit(solve(chain.template(), chain))).isInstanceOf(Acceptance.NewTip.class);
        }
    }

    @Test
    void shouldFillInTheReservedValueWhenACoinbaseComesWithoutIt() throws Exception {
        try (EmbeddedChain chain = open()) {
            Draft draft = Draft.on(chain.state());
            Bytes block = draft.mined();
            Bytes stripped = Block.parse(block).transactions().getFirst().stripped();
            Bytes without = Block.assemble(Block.parse(block).header(), stripped, List.of());
            assertThat(chain.submit(without)).isInstanceOf(Acceptance.NewTip.class);
        }
    }

    @Test
    void shouldMineTheAllocationOnlyOnce() throws Exception {
        U256 tip;
        try (EmbeddedChain chain = open()) {
            tip = chain.status().tip();
            assertThat(chain.status().height()).isEqualTo(ChainParameters.ALLOCATION_HEIGHT);
        }
        long size = Files.size(directory.resolve("blocks-00000.dat"));
        try (EmbeddedChain chain = open()) {
            assertThat(chain.status().tip()).isEqualTo(tip);
        }
        assertThat(Files.size(directory.resolve("blocks-00000.dat"))).isEqualTo(size);
    }
}
