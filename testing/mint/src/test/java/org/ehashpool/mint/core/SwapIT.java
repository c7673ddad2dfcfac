package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.restore.ProofState;
import org.ehashpool.mint.restore.Restored;
import org.ehashpool.mint.store.StoredKeyset;
import org.ehashpool.mint.swap.SwapRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** NUT-03, 07 and 09. */
final class SwapIT extends MintScenario {

    @AfterEach
    void books() throws Exception {
        assertBooksBalance();
    }

    @Test
    void shouldAnswerProofsThatCanBeSpentWhenBalanced() throws Exception {
        List<TestWallet.Output> outputs = wallet.outputs(active(), 1, 2, 4, 8, 1);
        List<BlindSignature> signatures = swapped(proofs(16), outputs);

        List<Proof> proofs = TestWallet.proofs(active(), outputs, signatures);

        assertThat(swapped(proofs, wallet.outputs(active(), 16))).hasSize(1);
    }

    @Test
    void shouldTakeTheLargestAmountWhenItIsUnsigned() throws Exception {
        long top = 1L << 63;
        List<Proof> inputs = proofs(top);

        assertThat(inputs.getFirst().amount()).hasToString("9223372036854775808");
        assertThat(swapped(inputs, wallet.outputs(active(), 1L << 62, 1L << 62)))
                .hasSize(2);
    }

    @Test
    void shouldAnswerTheSameWhenRepeatedAfterRotationAndExpiry() throws Exception {
        long expiry = clock.instant().plus(Duration.ofHours(1)).getEpochSecond();
        await(mint().operate(operator -> operator.rotate(UNIT, 0, OptionalLong.of(expiry))));
        MintKeyset expiring = active();
        List<TestWallet.Output> outputs = wallet.outputs(expiring, 8, 8);
        SwapRequest request = swap(proofs(16), outputs);
        List<BlindSignature> first = done(mint().swap(request));

        rotate();
        clock.advance(Duration.ofHours(2));

        assertThat(done(mint().swap(request))).isEqualTo(first);
        assertThat(done(openMint(openDatabase()).swap(request))).isEqualTo(first);
        assertThat(refused(
                        mint().swap(swap(TestWallet.proofs(expiring, outputs, first), wallet.outputs(active(), 16)))))
                .isEqualTo(ErrorCode.KEYSET_EXPIRED);
    }

    @Test
    void shouldRefuseWhenTheOrderOfARepeatedRequestDiffers() throws Exception {
        List<Proof> inputs = proofs(8, 8);
        List<TestWallet.Output> outputs = wallet.outputs(active(), 8, 8);
        swapped(inputs, outputs);

        assertThat(refused(mint().swap(swap(inputs, outputs.reversed())))).isEqualTo(ErrorCode.PROOFS_SPENT);
        assertThat(refused(mint().swap(swap(inputs.reversed(), outputs)))).isEqualTo(ErrorCode.PROOFS_SPENT);
    }

    @Test
    void shouldRefuseWithTheRightCodeWhenTheRequestIsWrong() throws Exception {
        MintKeyset old = active();
        List<Proof> inputs = proofs(4, 4);
        List<Proof> one = inputs.subList(0, 1);
        MintKeyset now = rotate();
        Proof forged = new Proof(
                Amount.of(8),
                one.getFirst().keysetId(),
                one.getFirst().secret(),
                one.getFirst().point());
        List<TestWallet.Output> eight = wallet.outputs(now, 8);
        BlindedMessage message = eight.getFirst().message();

        assertThat(refused(mint().swap(swap(inputs, wallet.outputs(now, 4, 2)))))
                .isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(refused(mint().swap(swap(inputs, wallet.outputs(now, 8, 1)))))
                .isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(refused(mint().swap(swap(List.of(), eight)))).isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(refused(mint().swap(swap(inputs, List.of())))).isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(refused(mint().swap(swap(inputs, wallet.outputs(now, 1L << 63, 1L << 63, 8)))))
                .isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(refused(mint().swap(swap(List.of(one.getFirst(), one.getFirst()), eight))))
                .isEqualTo(ErrorCode.DUPLICATE_INPUTS);
        assertThat(refused(mint().swap(new SwapRequest(inputs, List.of(halved(message), halved(message))))))
                .isEqualTo(ErrorCode.DUPLICATE_OUTPUTS);
        assertThat(refused(mint().swap(swap(inputs, wallet.outputs(old, 8))))).isEqualTo(ErrorCode.KEYSET_INACTIVE);
        assertThat(refused(mint().swap(swap(List.of(forged), eight)))).isEqualTo(ErrorCode.PROOF_INVALID);
        assertThat(refused(mint().swap(swap(inputs, wallet.outputs(now, 3, 5)))))
                .isEqualTo(ErrorCode.AMOUNT_OUTSIDE_LIMIT);
        assertThat(refused(mint().swap(new SwapRequest(inputs, Collections.nCopies(1001, message)))))
                .isEqualTo(ErrorCode.MAX_OUTPUTS_EXCEEDED);
        assertThat(refused(mint().swap(new SwapRequest(Collections.nCopies(1001, forged), List.of(message)))))
                .isEqualTo(ErrorCode.MAX_INPUTS_EXCEEDED);

        // None of them has cost the inputs.
        assertThat(swapped(inputs, eight)).hasSize(1);
        assertThat(refused(mint().swap(swap(inputs, wallet.outputs(now, 8))))).isEqualTo(ErrorCode.PROOFS_SPENT);
        assertThat(refused(mint().swap(swap(proofs(8), eight)))).isEqualTo(ErrorCode.OUTPUTS_SIGNED);
    }

    private static BlindedMessage halved(BlindedMessage message) {
        return new BlindedMessage(Amount.of(4), message.keysetId(), message.point());
    }

    @Test
    void shouldKeepTheFeeWhenTheKeysetHasOne() throws Exception {
        StoredKeyset paid = await(mint().operate(operator -> operator.rotate(UNIT, 400, OptionalLong.empty())));
        assertThat(paid.inputFeePpk()).isEqualTo(400);
        List<Proof> inputs = proofs(4, 2, 2);

        // Three inputs cost 1.2, which is 2.
        assertThat(refused(mint().swap(swap(inputs, wallet.outputs(active(), 4, 2, 1)))))
                .isEqualTo(ErrorCode.TRANSACTION_UNBALANCED);
        assertThat(swapped(inputs, wallet.outputs(active(), 4, 2))).hasSize(2);

        var liabilities = await(mint().operate(operator -> operator.liabilities()));
        assertThat(liabilities.units().getFirst().sums().fees()).isEqualTo(big(2));
        assertThat(liabilities.units().getFirst().sums().outstanding()).isEqualTo(big(6));
    }

    @Test
    void shouldTellWhatIsSpentAndGiveSignaturesBackWhenAsked() throws Exception {
        List<Proof> inputs = proofs(16);
        List<TestWallet.Output> outputs = wallet.outputs(active(), 8, 8);
        List<BlindSignature> signatures = swapped(inputs, outputs);
        List<Proof> unspent = TestWallet.proofs(active(), outputs, signatures);
        rotate();

        List<ProofState> states = done(mint().states(List.of(y(unspent.getFirst()), y(inputs.getFirst()))));
        assertThat(states).extracting(ProofState::spent).containsExactly(false, true);

        List<BlindedMessage> asked = new ArrayList<>(List.of(
                outputs.get(1).message(), wallet.outputs(active(), 1).getFirst().message()));
        asked.add(outputs.get(0).message());
        Restored restored = done(mint().restore(asked));
        assertThat(restored.signatures()).containsExactly(signatures.get(1), signatures.get(0));
        assertThat(restored.outputs()).containsExactly(asked.get(0), asked.get(2));
    }

    private static org.ehashpool.cashu.point.PublicKey y(Proof proof) {
        return org.ehashpool.cashu.blind.HashToCurve.of(proof.secret());
    }
}
