package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.keyset.SeedKeys;
import org.ehashpool.mint.operate.Liabilities;
import org.ehashpool.mint.operate.MintRefusedException;
import org.ehashpool.mint.operate.Operator;
import org.ehashpool.mint.operate.RetireReport;
import org.ehashpool.mint.quote.OrderAnswer;
import org.ehashpool.mint.store.Sums;
import org.ehashpool.mint.work.StepWatch;
import org.junit.jupiter.api.Test;

/** Commands, reports, and what a mint refuses to open. */
final class OperatorIT extends MintScenario {

    @Test
    void shouldSignWithTheNewKeysetEverywhereWhenRotated() throws Exception {
        Mint other = openMint(openDatabase());
        MintKeyset old = active();
        List<Proof> inputs = proofs(8);

        MintKeyset now = rotate();

        // The other process learns of both inside the transaction, or by the unknown id.
        assertThat(refused(other.swap(swap(inputs, wallet.outputs(old, 8))))).isEqualTo(ErrorCode.KEYSET_INACTIVE);
        assertThat(done(other.swap(swap(inputs, wallet.outputs(now, 8))))).hasSize(1);
        assertThat(other.keysets().active())
                .extracting(keyset -> keyset.row().id())
                .containsExactly(now.row().id());
    }

    @Test
    void shouldRefuseWhenTheUnitIsUnknownOrTheExpiryIsPast() {
        assertThatThrownBy(() -> await(mint().operate(operator -> operator.rotate("sat", 0, OptionalLong.empty()))))
                .isInstanceOf(MintRefusedException.class)
                .hasMessageContaining("no such unit");
        assertThatThrownBy(() -> await(mint().operate(operator -> operator.rotate(UNIT, 0, OptionalLong.of(1)))))
                .isInstanceOf(MintRefusedException.class)
                .hasMessageContaining("past");
    }

    @Test
    void shouldReportTheSameBeforeAndAfterTheLedgerIsFolded() throws Exception {
        List<Proof> inputs = proofs(8, 4);
        quote(3);
        MintKeyset old = active();
        MintKeyset now = rotate();
        swapped(inputs.subList(0, 1), wallet.outputs(now, 8));

        Liabilities before = await(mint().operate(Operator::liabilities));
        await(mint().upkeep());
        Liabilities after = await(mint().operate(Operator::liabilities));

        assertThat(after).isEqualTo(before);
        TestServer.assertNoRow("all folded", "select * from ledger_delta");
        Sums unit = before.units().getFirst().sums();
        assertThat(unit.mintable()).isEqualTo(big(3));
        assertThat(unit.circulating()).isEqualTo(big(12));
        assertThat(unit.outstanding()).isEqualTo(big(15));
        assertThat(before.keysets())
                .extracting(
                        of -> of.keyset().id(),
                        of -> of.sums().signed(),
                        of -> of.sums().spent())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(old.row().id(), big(12), big(8)),
                        org.assertj.core.groups.Tuple.tuple(now.row().id(), big(8), big(0)));
    }

    @Test
    void shouldBeReadOnlyUntilRetiredWhenTheDatabaseMayLackCommits() throws Exception {
        List<Proof> inputs = proofs(8);
        quote(3);
        MintKeyset old = active();
        List<TestWallet.Output> outputs = wallet.outputs(old, 4, 4);
        var answer = swapped(inputs, outputs);
        TestServer.execute("update mint_status set restore_mark = 'of another backup'");

        Mint restored = openMint(openDatabase());

        assertThat(restored.status().readOnly().orElseThrow().reason()).contains("restored");
        // Also the process that was running all the while obeys.
        List<Proof> proofs = TestWallet.proofs(old, outputs, answer);
        assertThat(refused(mint().swap(swap(proofs, wallet.outputs(old, 8))))).isEqualTo(ErrorCode.MINTING_DISABLED);
        assertThat(await(restored.createPaidQuotes(List.of(order(1)))))
                .containsExactly(new OrderAnswer.Refused(OrderAnswer.Reason.READ_ONLY));
        assertThatThrownBy(() -> rotate()).isInstanceOf(MintRefusedException.class);
        assertThat(done(restored.swap(swap(inputs, outputs)))).isEqualTo(answer);

        RetireReport report = await(restored.operate(Operator::retire));

        assertThat(report.retired()).containsExactly(old.row().id());
        assertThat(report.losses()).containsExactly(new RetireReport.PossibleLoss(UNIT, big(8), big(3)));
        assertThat(report.newestKnown()).contains(clock.instant());
        await(mint().upkeep());
        assertThat(active().row().id()).isEqualTo(report.successors().getFirst());
        assertThat(refused(mint().swap(swap(proofs, wallet.outputs(old, 8))))).isEqualTo(ErrorCode.KEYSET_INACTIVE);
        assertThat(swapped(proofs, wallet.outputs(active(), 8))).hasSize(1);
        assertThat(openMint(openDatabase()).status().readOnly()).isEmpty();
        assertThatThrownBy(() -> await(mint().operate(Operator::retire))).isInstanceOf(MintRefusedException.class);
        assertBooksBalance();
    }

    @Test
    void shouldTurnReadOnlyWhileItRunsWhenTheDatabaseIsPromoted() throws Exception {
        TestServer.execute("update mint_status set timeline = timeline + 1");

        assertThat(await(mint().upkeep()).readOnly().orElseThrow().reason()).contains("timeline");
    }

    @Test
    void shouldRefuseToOpenWhenSeedOrProfileIsAnother() throws Exception {
        var database = openDatabase();

        assertThatThrownBy(() -> Mint.open(
                        database,
                        new SeedKeys(HexFormat.of().parseHex("7f".repeat(64))),
                        MintProfile.EHASH,
                        surroundings(StepWatch.NONE)))
                .isInstanceOf(MintRefusedException.class)
                .hasMessageContaining("this seed is of the mint");
        assertThatThrownBy(
                        () -> Mint.open(database, new SeedKeys(SEED), MintProfile.TEST, surroundings(StepWatch.NONE)))
                .isInstanceOf(MintRefusedException.class)
                .hasMessageContaining("profile");
    }
}
