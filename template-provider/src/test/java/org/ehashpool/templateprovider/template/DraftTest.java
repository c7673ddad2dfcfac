package org.ehashpool.templateprovider.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.mining.difficulty.CompactBits;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SubmitSolution;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.block.Solution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
    private static final Room SMALL = new Room(100, 1);
    private static final long SEED = 20_251_122;

    private final DoubleSha256 hasher = new DoubleSha256();

    @Test
    void shouldSayWhatTheSpecificationWantsOfAnEmptyTemplate() {
        Draft draft = Draft.of(TemplateFixtures.template(102, 1, List.of()), SMALL, hasher);

        NewTemplate message = draft.message(7, true);

        // BIP 141: of a block with only a coinbase transaction, the double SHA-256 of 64 zero bytes; known from many
        // blocks.
        assertThat(message.coinbaseTxOutputs().toHex())
                .isEqualTo("0000000000000000266a24aa21a9ed"
                        + "e2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9");
        assertThat(message.coinbaseTxOutputsCount()).isEqualTo(1);
        assertThat(message.coinbasePrefix()).isEqualTo(Bytes.fromHex("0166"));
        assertThat(message.coinbaseTxVersion()).isEqualTo(2);
        assertThat(BlockHeight.obeysBip54(102, message.coinbaseTxLocktime(), message.coinbaseTxInputSequence()))
                .isTrue();
        assertThat(message.coinbaseTxInputSequence()).isEqualTo(0xffff_fffeL);
        assertThat(message.coinbaseTxValueRemaining()).isEqualTo(TemplateFixtures.SUBSIDY);
        assertThat(message.merklePath()).isEmpty();
        assertThat(message.futureTemplate()).isTrue();
        assertThat(message.version()).isEqualTo(0x2000_0000L);
    }

    @Test
    void shouldDropATransactionThatDoesNotFitWithAllThatSpendFromIt() {
        Random random = new Random(SEED);
        BlockTemplate.Transaction first = TemplateFixtures.transaction(random, 500, 100, 0, List.of());
        BlockTemplate.Transaction heavy = TemplateFixtures.transaction(random, 400, 300_000, 0, List.of());
        BlockTemplate.Transaction child = TemplateFixtures.transaction(random, 300, 100, 0, List.of(0, 1));
        BlockTemplate.Transaction grandchild = TemplateFixtures.transaction(random, 200, 100, 0, List.of(2));
        BlockTemplate.Transaction last = TemplateFixtures.transaction(random, 100, 100, 0, List.of(0));
        BlockTemplate template = TemplateFixtures.template(102, 1, List.of(first, heavy, child, grandchild, last));

        Draft draft = Draft.of(template, new Room(750_000, 0), hasher);

        assertThat(draft.transactions()).containsExactly(first, last);
        assertThat(draft.value()).isEqualTo(TemplateFixtures.SUBSIDY + 600);
        assertThat(draft.fees()).isEqualTo(600);
    }

    @Test
    void shouldLeaveTheClientsSignatureOperations() {
        Random random = new Random(SEED);
        BlockTemplate.Transaction greedy = TemplateFixtures.transaction(random, 500, 100, 79_000, List.of());
        BlockTemplate.Transaction modest = TemplateFixtures.transaction(random, 400, 100, 900, List.of());
        BlockTemplate template = TemplateFixtures.template(102, 1, List.of(greedy, modest));

        assertThat(Draft.of(template, new Room(100, 25), hasher).transactions()).containsExactly(greedy, modest);
        assertThat(Draft.of(template, new Room(100, 26), hasher).transactions()).containsExactly(greedy);
        assertThat(Draft.of(template, new Room(100, 65_535), hasher).transactions())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 2000", "108, 2000", "109, 2004", "1000, 5568"})
    void shouldReserveWeightAsTheOfficialProviderDoes(long size, long weight) {
        assertThat(new Room(size, 0).weight()).isEqualTo(weight);
    }

    @Test
    void shouldRefuseRoomThatNoBlockHas() {
        assertThat(Room.of(new CoinbaseOutputConstraints(0xffff_ffffL, 0))).isEmpty();
        assertThat(Room.of(new CoinbaseOutputConstraints(999_608, 0))).isPresent();
        assertThat(Room.of(new CoinbaseOutputConstraints(999_609, 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"148, 5000000000", "149, 2500000000", "150, 5000000000"})
    void shouldForeseeTheSubsidyOfTheNextBlock(int height, long next) {
        BlockTemplate template = TemplateFixtures.template(height, 1, List.of());

        Draft draft = Draft.emptyAfter(template, new Halving(150), hasher);

        assertThat(draft.height()).isEqualTo(height + 1);
        assertThat(draft.value()).isEqualTo(next);
        assertThat(draft.transactions()).isEmpty();
    }

    /** Whatever the node offers and the client wants: the block is one, it is full of what fits, and nothing more. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 40, 200, 1_000})
    void shouldMakeBlocksWithoutFaultWhateverTheNodeOffers(int count) {
        for (int round = 0; round < 12; round++) {
            Random random = new Random(SEED + 1_000L * count + round);
            BlockTemplate template = TemplateFixtures.template(
                    100 + round, round, TemplateFixtures.transactions(random, count, 1 + random.nextInt(20_000)));
            Room room = new Room(100 + random.nextInt(990_000), random.nextInt(19_000));

            Draft draft = Draft.of(template, room, hasher);

            assertLimits(draft, template, room);
            assertFamilies(draft, template);
            assertThat(draft.value())
                    .isEqualTo(TemplateFixtures.SUBSIDY
                            + draft.transactions().stream()
                                    .mapToLong(BlockTemplate.Transaction::fee)
                                    .sum());
            Block block = Block.parse(solve(draft, template, (int) room.size()).block());
            assertThat(block.check(hasher)).isEmpty();
            assertThat(block.transactions()).hasSize(1 + draft.transactions().size());
        }
    }

    private static void assertLimits(Draft draft, BlockTemplate template, Room room) {
        long weight = draft.transactions().stream()
                .mapToLong(BlockTemplate.Transaction::weight)
                .sum();
        long sigops = draft.transactions().stream()
                .mapToLong(BlockTemplate.Transaction::sigopCost)
                .sum();
        assertThat(weight + room.weight()).isLessThanOrEqualTo(template.weightLimit());
        assertThat(sigops + room.sigopCost()).isLessThanOrEqualTo(template.sigopLimit());
    }

    private static void assertFamilies(Draft draft, BlockTemplate template) {
        Set<U256> seen = new HashSet<>();
        for (BlockTemplate.Transaction transaction : draft.transactions()) {
            for (int parent : transaction.parents()) {
                assertThat(seen).contains(template.transactions().get(parent).id());
            }
            seen.add(transaction.id());
        }
    }

    /** With coinbase outputs of exactly the size that the client asked for, and the longest script. */
    private Solution.Solved solve(Draft draft, BlockTemplate template, int size) {
        int script = size - 8 - (size - 8 - 1 < 0xfd ? 1 : size - 8 - 3 <= 0xffff ? 3 : 5);
        ServedTemplate served = new ServedTemplate(9, draft, Optional.of(Tip.of(template)));
        NewTemplate message = draft.message(9, false);
        List<TransactionOutput> outputs = List.of(
                new TransactionOutput(message.coinbaseTxValueRemaining(), Bytes.of(new byte[script])),
                TransactionOutput.readAll(message.coinbaseTxOutputs(), message.coinbaseTxOutputsCount())
                        .getFirst());
        CoinbaseFields fields = new CoinbaseFields(
                message.coinbaseTxVersion(),
                message.coinbasePrefix(),
                message.coinbaseTxInputSequence(),
                outputs,
                message.coinbaseTxLocktime());
        int extranonce = CoinbaseFields.MAX_SCRIPT - message.coinbasePrefix().length();
        Bytes coinbase = fields.around(extranonce).transaction(Bytes.of(new byte[extranonce]));
        assertThat(RawTransaction.parse(coinbase).inputs().getFirst().script().length())
                .isEqualTo(100);
        for (long nonce = 0; ; nonce++) {
            SubmitSolution solution = new SubmitSolution(9, message.version(), 1_700_000_000L, nonce, coinbase);
            if (Solution.of(served, solution, hasher) instanceof Solution.Solved solved) {
                assertThat(solved.hash())
                        .isLessThanOrEqualTo(
                                CompactBits.decode(TemplateFixtures.EASY_BITS).orElseThrow());
                return solved;
            }
        }
    }
}
