package org.ehashpool.templateprovider.chain.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehashpool.templateprovider.chain.consensus.ChainScenario.COIN;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One block for each rule, broken in nothing else. */
class BlockRulesTest {
    private ChainScenario chain;

    @BeforeEach
    void begin() throws Exception {
        chain = new ChainScenario();
    }

    @Test
    void shouldHaveRegtestsGenesis() throws Exception {
        assertThat(ChainParameters.GENESIS.hash(chain.hasher).toHex())
                .isEqualTo("0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206");
        assertThat(Spend.id(ChainParameters.GENESIS_COINBASE)).isEqualTo(ChainParameters.GENESIS.merkleRoot());
        assertThat(chain.state.read(chain.state.at(0).orElseThrow()).hash())
                .isEqualTo(ChainParameters.GENESIS.hash(chain.hasher));
    }

    @Test
    void shouldAcceptBlockWhenItObeysAllRules() throws Exception {
        Bytes spend = Spend.of(chain.coin(1)).to(COIN - 1_000).build();
        Draft draft = chain.next().with(spend);
        draft.reward += 1_000;

        Acceptance.NewTip accepted = chain.accepted(draft.mined());

        assertThat(accepted.tip().height()).isEqualTo(111);
        assertThat(chain.state.coins().find(chain.coin(1))).isNull();
        assertThat(chain.state.coins().find(new Outpoint(Spend.id(spend), 0)))
                .isEqualTo(new Coin(COIN - 1_000, AnyoneCanSpend.SCRIPT, 111, false));
    }

    @Test
    void shouldAcceptBlockWithoutCommitmentWhenNothingHasWitnesses() throws Exception {
        Draft draft = chain.next();
        draft.committed = false;
        chain.accepted(draft.mined());
    }

    @Test
    void shouldRefuseWhenBlockIsKnown() throws Exception {
        Bytes block = chain.next().mined();
        chain.accepted(block);
        chain.assertRefused(block, "duplicate");
    }

    @Test
    void shouldRefuseWhenHashIsAboveTarget() throws Exception {
        chain.assertRefused(Draft.spoilWork(chain.next().mined()), "high-hash");
    }

    @Test
    void shouldRefuseWhenMerkleRootIsAnother() throws Exception {
        Draft draft = chain.next();
        chain.assertRefused(draft.mined(draft.coinbase(), U256.of(7)), "bad-txnmrklroot");
    }

    @Test
    void shouldRefuseWhenTransactionsAreRepeatedUnderTheSameRoot() throws Exception {
        Bytes first = Spend.of(chain.coin(1)).to(COIN).build();
        Bytes second = Spend.of(chain.coin(2)).to(COIN).build();
        Draft draft = chain.next().with(first, second);
        U256 root = Block.parse(draft.mined()).header().merkleRoot();
        Bytes coinbase = draft.coinbase();
        draft.with(second);
        chain.assertRefused(draft.mined(coinbase, root), "bad-txns-duplicate");
    }

    @Test
    void shouldRefuseWhenThereIsNoTransaction() throws Exception {
        byte[] block = new byte[81];
        Block.parse(chain.next().mined()).header().write(block, 0);
        chain.assertRefused(Bytes.of(block), "bad-blk-length");
    }

    @Test
    void shouldRefuseWhenFirstTransactionIsNoCoinbase() throws Exception {
        chain.assertRefused(chain.next().mined(Spend.of(chain.coin(1)).to(COIN).build()), "bad-cb-missing");
    }

    @Test
    void shouldRefuseWhenAnotherTransactionIsACoinbase() throws Exception {
        chain.assertRefused(chain.next().with(chain.next().tagged(1).coinbase()).mined(), "bad-cb-multiple");
    }

    @Test
    void shouldRefuseWhenCoinbaseScriptIsTooLong() throws Exception {
        Draft draft = chain.next();
        draft.coinbaseScript = Bytes.concat(draft.coinbaseScript, Bytes.of(new byte[97]));
        chain.assertRefused(draft.mined(), "bad-cb-length");
    }

    @Test
    void shouldRefuseWhenCoinbaseHasAnotherHeight() throws Exception {
        Draft draft = chain.next();
        draft.coinbaseScript = Bytes.fromHex("0170026f6b");
        chain.assertRefused(draft.mined(), "bad-cb-height");
    }

    @Test
    void shouldRefuseWhenCoinbasePaysOneSatoshiTooMuch() throws Exception {
        Bytes spend = Spend.of(chain.coin(1)).to(COIN - 1_000).build();
        Draft draft = chain.next().with(spend);
        draft.reward += 1_001;
        chain.assertRefused(draft.mined(), "bad-cb-amount");
    }

    @Test
    void shouldRefuseWhenTransactionHasNoOutputs() throws Exception {
        chain.assertRefused(chain.next().with(Spend.of(chain.coin(1)).build()).mined(), "bad-txns-vout-empty");
    }

    @Test
    void shouldRefuseWhenOutputsExceedAllBitcoin() throws Exception {
        Bytes spend =
                Spend.of(chain.coin(1)).to(TransactionOutput.MAX_MONEY).to(1).build();
        chain.assertRefused(chain.next().with(spend).mined(), "bad-txns-txouttotal-toolarge");
    }

    @Test
    void shouldRefuseWhenTransactionSpendsACoinTwice() throws Exception {
        Bytes spend = Spend.of(chain.coin(1)).and(chain.coin(1)).to(COIN).build();
        chain.assertRefused(chain.next().with(spend).mined(), "bad-txns-inputs-duplicate");
    }

    @Test
    void shouldRefuseWhenAnInputNamesNothing() throws Exception {
        Bytes spend = Spend.of(chain.coin(1))
                .and(new Outpoint(U256.ZERO, 0xffff_ffffL))
                .to(COIN)
                .build();
        chain.assertRefused(chain.next().with(spend).mined(), "bad-txns-prevout-null");
    }

    @Test
    void shouldRefuseWhenSignatureOperationsAreTooMany() throws Exception {
        byte[] checks = new byte[20_001];
        Arrays.fill(checks, (byte) 0xac);
        Bytes spend = Spend.of(chain.coin(1)).to(COIN, Bytes.of(checks)).build();
        chain.assertRefused(chain.next().with(spend).mined(), "bad-blk-sigops");
        Bytes fitting = Spend.of(chain.coin(1))
                .to(COIN, Bytes.of(checks).slice(1, 20_000))
                .build();
        chain.accepted(chain.next().with(fitting).mined());
    }

    @Test
    void shouldRefuseWhenBlockIsTooLongWithoutWitnesses() throws Exception {
        Bytes spend =
                Spend.of(chain.coin(1)).to(COIN, Bytes.of(new byte[999_900])).build();
        chain.assertRefused(chain.next().with(spend).mined(), "bad-blk-length");
    }

    @Test
    void shouldRefuseWhenBlockIsTooHeavyWithWitnesses() throws Exception {
        // Consensus lets a witness program of a later version have any witness.
        Bytes later = Bytes.fromHex("5820" + "11".repeat(32));
        Bytes first = Spend.of(chain.coin(1)).to(COIN, later).build();
        Bytes heavy = Spend.of(new Outpoint(Spend.id(first), 0))
                .witness(List.of(Bytes.of(new byte[3_999_000])))
                .to(COIN)
                .build();
        chain.assertRefused(chain.next().with(first, heavy).mined(), "bad-blk-weight");
    }

    @Test
    void shouldRefuseWhenPreviousBlockIsUnknown() throws Exception {
        Draft draft = chain.next();
        draft.previous = U256.of(9);
        chain.assertRefused(draft.mined(), "prev-blk-not-found");
    }

    @Test
    void shouldRefuseWhenBitsAreNotTheChains() throws Exception {
        Draft draft = chain.next();
        draft.bits = 0x207f_fffeL;
        chain.assertRefused(draft.mined(), "bad-diffbits");
    }

    @Test
    void shouldRefuseWhenTimeIsTheMedianOfTheBlocksBefore() throws Exception {
        Draft draft = chain.next();
        draft.time = chain.state.tip().medianTimePast();
        chain.assertRefused(draft.mined(), "time-too-old");
        draft.time++;
        chain.accepted(draft.mined());
    }

    @Test
    void shouldRefuseWhenTimeIsMoreThanTwoHoursAhead() throws Exception {
        Draft draft = chain.next();
        draft.time = chain.now + 7_201;
        chain.assertRefused(draft.mined(), "time-too-new");
        draft.time--;
        chain.accepted(draft.mined());
    }

    @Test
    void shouldRefuseWhenVersionIsTooOld() throws Exception {
        Draft draft = chain.next();
        draft.version = 3;
        chain.assertRefused(draft.mined(), "bad-version(0x00000003)");
        draft.version = 0x8000_0000L;
        chain.assertRefused(draft.mined(), "bad-version(0x80000000)");
    }

    @Test
    void shouldRefuseWhenLockTimeHasNotCome() throws Exception {
        Bytes early = Spend.of(chain.coin(1)).to(COIN).lockTime(111).build();
        chain.assertRefused(chain.next().with(early).mined(), "bad-txns-nonfinal");
        Bytes now = Spend.of(chain.coin(1)).to(COIN).lockTime(110).build();
        chain.accepted(chain.next().with(now).mined());
    }

    @Test
    void shouldCompareLockTimeWithMedianTimeWhenItIsATime() throws Exception {
        long median = chain.state.tip().medianTimePast();
        Bytes early = Spend.of(chain.coin(1)).to(COIN).lockTime(median).build();
        chain.assertRefused(chain.next().with(early).mined(), "bad-txns-nonfinal");
        Bytes now = Spend.of(chain.coin(1)).to(COIN).lockTime(median - 1).build();
        chain.accepted(chain.next().with(now).mined());
    }

    @Test
    void shouldRefuseWhenRelativeLockTimeHasNotPassed() throws Exception {
        Bytes early = Spend.of(chain.coin(10)).sequence(102).to(COIN).build();
        chain.assertRefused(chain.next().with(early).mined(), "bad-txns-nonfinal");
        Bytes earlyTime =
                Spend.of(chain.coin(10)).sequence(1 << 22 | 0xffff).to(COIN).build();
        chain.assertRefused(chain.next().with(earlyTime).mined(), "bad-txns-nonfinal");
        Bytes now = Spend.of(chain.coin(10)).sequence(101).to(COIN).build();
        chain.accepted(chain.next().with(now).mined());
    }

    @Test
    void shouldIgnoreRelativeLockTimeWhenVersionIsOne() throws Exception {
        Bytes spend = Spend.of(chain.coin(10)).sequence(102).version(1).to(COIN).build();
        chain.accepted(chain.next().with(spend).mined());
    }

    @Test
    void shouldRefuseWhenCoinbaseHasNoReservedValue() throws Exception {
        Draft draft = chain.next();
        draft.coinbaseWitnesses = List.of();
        chain.assertRefused(draft.mined(), "bad-witness-nonce-size");
        draft.coinbaseWitnesses = List.of(List.of(Bytes.of(new byte[31])));
        chain.assertRefused(draft.mined(), "bad-witness-nonce-size");
    }

    @Test
    void shouldRefuseWhenCommitmentIsToAnotherReservedValue() throws Exception {
        Draft draft = chain.next();
        draft.reserved = U256.of(1);
        chain.assertRefused(draft.mined(), "bad-witness-merkle-match");
    }

    @Test
    void shouldRefuseWhenThereAreWitnessesWithoutCommitment() throws Exception {
        Draft draft = chain.next().with(Spend.of(chain.coin(1)).to(COIN).build());
        draft.committed = false;
        chain.assertRefused(draft.mined(), "unexpected-witness");
    }

    @Test
    void shouldRefuseWhenInputDoesNotExist() throws Exception {
        Bytes spend = Spend.of(new Outpoint(U256.of(5), 0)).to(1).build();
        chain.assertRefused(chain.next().with(spend).mined(), "bad-txns-inputs-missingorspent");
    }

    @Test
    void shouldRefuseWhenTwoTransactionsSpendTheSame() throws Exception {
        Bytes first = Spend.of(chain.coin(1)).to(COIN).build();
        Bytes second = Spend.of(chain.coin(1)).to(COIN - 1).build();
        chain.assertRefused(chain.next().with(first, second).mined(), "bad-txns-inputs-missingorspent");
    }

    @Test
    void shouldRefuseWhenChildComesBeforeItsParent() throws Exception {
        Bytes parent = Spend.of(chain.coin(1)).to(COIN).build();
        Bytes child = Spend.of(new Outpoint(Spend.id(parent), 0)).to(COIN).build();
        chain.assertRefused(chain.next().with(child, parent).mined(), "bad-txns-inputs-missingorspent");
        chain.accepted(chain.next().with(parent, child).mined());
    }

    @Test
    void shouldRefuseWhenCoinbaseIsSpentTooEarly() throws Exception {
        Bytes early = Spend.of(chain.coin(12)).to(COIN).build();
        chain.assertRefused(chain.next().with(early).mined(), "bad-txns-premature-spend-of-coinbase");
        Bytes now = Spend.of(chain.coin(11)).to(COIN).build();
        chain.accepted(chain.next().with(now).mined());
    }

    @Test
    void shouldRefuseWhenOutputsExceedInputs() throws Exception {
        Bytes spend = Spend.of(chain.coin(1)).to(COIN + 1).build();
        chain.assertRefused(chain.next().with(spend).mined(), "bad-txns-in-belowout");
    }

    @Test
    void shouldRefuseWhenTransactionOverwritesUnspentOne() throws Exception {
        IdentifiedBlock block = IdentifiedBlock.parse(chain.next().mined(), chain.hasher);
        CoinOverlay overlay = new CoinOverlay(chain.state.coins());
        overlay.add(
                new Outpoint(block.transactions().getFirst().id(), 0), new Coin(1, AnyoneCanSpend.SCRIPT, 1, false));
        assertThatThrownBy(() -> BlockRules.connect(block, chain.state.tip(), overlay))
                .isInstanceOfSatisfying(
                        BrokenRuleException.class,
                        broken -> assertThat(broken.text()).isEqualTo("bad-txns-BIP30"));
    }

    @Test
    void shouldRefuseWhenTransactionFitsIntoNoBlock() {
        RawTransaction large = RawTransaction.parse(Spend.of(new Outpoint(U256.of(5), 0))
                .to(1, Bytes.of(new byte[1_000_001]))
                .stripped());
        assertThatThrownBy(() -> TransactionRules.checkAlone(large)).hasMessage("bad-txns-oversize");
    }

    @Test
    void shouldSayTheSameOfAProposalWhenItIsWrongButForItsWork() throws Exception {
        Bytes spend = Spend.of(chain.coin(1)).to(COIN + 1).build();
        IdentifiedBlock wrong =
                IdentifiedBlock.parse(Draft.spoilWork(chain.next().with(spend).mined()), chain.hasher);
        assertThat(chain.state.propose(wrong, chain.now))
                .hasValueSatisfying(refused -> assertThat(refused.text()).isEqualTo("bad-txns-in-belowout"));
        IdentifiedBlock right = IdentifiedBlock.parse(
                Draft.spoilWork(chain.next()
                        .with(Spend.of(chain.coin(1)).to(COIN).build())
                        .mined()),
                chain.hasher);
        assertThat(chain.state.propose(right, chain.now)).isEmpty();
        assertThat(chain.state.tip().height()).isEqualTo(110);
    }

    @Test
    void shouldHalveSubsidyEvery150Blocks() {
        assertThat(ChainParameters.subsidyAt(149)).isEqualTo(5_000_000_000L);
        assertThat(ChainParameters.subsidyAt(150)).isEqualTo(2_500_000_000L);
        assertThat(ChainParameters.subsidyAt(300)).isEqualTo(1_250_000_000L);
        assertThat(ChainParameters.subsidyAt(150 * 64)).isZero();
        assertThat(Collections.max(List.of(ChainParameters.subsidyAt(150 * 33), 0L)))
                .isZero();
    }
}
