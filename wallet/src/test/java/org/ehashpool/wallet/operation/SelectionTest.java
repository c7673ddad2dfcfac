package org.ehashpool.wallet.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.proof.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    @Test
    void shouldTakeExactProofsWithoutAFee() {
        Selection selection =
                select(TestProofs.of(8, 4, 2, 1), Amount.of(10), 1000).orElseThrow();

        assertThat(selection.exact()).isTrue();
        assertThat(selection.fee()).isEqualTo(Amount.ZERO);
        assertThat(selection.proofs()).extracting(Proof::amount).containsExactlyInAnyOrder(Amount.of(8), Amount.of(2));
    }

    @Test
    void shouldTakeOneLargeProofWhenItMakesSmallOnesNeedless() {
        Selection selection =
                select(TestProofs.of(16, 2, 2, 2), Amount.of(7), 0).orElseThrow();

        assertThat(selection.proofs()).extracting(Proof::amount).containsExactly(Amount.of(16));
        assertThat(selection.exact()).isFalse();
    }

    @Test
    void shouldBeEmptyWhenThereIsNotEnough() {
        assertThat(select(TestProofs.of(4, 2, 1), Amount.of(8), 0)).isEmpty();
        assertThat(select(List.of(), Amount.ONE, 0)).isEmpty();
    }

    @Test
    void shouldBeEmptyWhenTheFeeIsNotLeft() {
        assertThat(select(TestProofs.of(4, 4), Amount.of(7), 1000)).isEmpty();
        assertThat(select(TestProofs.of(4, 4), Amount.of(6), 1000)).isPresent();
    }

    @Test
    void shouldBeEmptyWhenItTakesMoreProofsThanASwapHas() {
        assertThat(Selection.of(TestProofs.of(1, 1, 1, 1), Amount.of(4), proof -> 0, 3))
                .isEmpty();
    }

    @Test
    void shouldSelectAmountsOf64Bits() {
        List<Proof> proofs = TestProofs.of(Amount.MAXIMUM.split());

        Selection all = select(proofs, Amount.MAXIMUM, 0).orElseThrow();
        Selection half = select(proofs, Amount.powerOfTwo(63), 0).orElseThrow();

        assertThat(all.sum()).isEqualTo(Amount.MAXIMUM);
        assertThat(all.proofs()).hasSize(64);
        assertThat(half.proofs()).hasSize(1);
        assertThat(select(proofs, Amount.parse("9007199254740993"), 100)).isPresent();
    }

    /** Against every subset: what it selects suffices, and it selects whenever there is a subset that does. */
    @ParameterizedTest
    @ValueSource(longs = {0, 100, 999, 1000, 2500})
    void shouldAgreeWithAllSubsets(long feePpk) {
        Random random = new Random(feePpk);
        for (int round = 0; round < 3_000; round++) {
            List<Amount> amounts = new ArrayList<>();
            int count = random.nextInt(1, 10);
            for (int i = 0; i < count; i++) {
                amounts.add(Amount.powerOfTwo(random.nextInt(6)));
            }
            List<Proof> proofs = TestProofs.of(amounts);
            Amount amount = Amount.of(random.nextInt(1, 80));

            Optional<Selection> selection = select(proofs, amount, feePpk);

            assertThat(selection.isPresent())
                    .as("%s from %s at %s ppk", amount, amounts, feePpk)
                    .isEqualTo(anySubsetSuffices(amounts, amount.toLong(), feePpk));
            selection.ifPresent(chosen -> check(chosen, proofs, amount, feePpk));
        }
    }

    private static void check(Selection selection, List<Proof> available, Amount amount, long feePpk) {
        assertThat(available).containsAll(selection.proofs());
        assertThat(selection.proofs()).doesNotHaveDuplicates();
        assertThat(selection.sum()).isEqualTo(TestProofs.sum(selection.proofs()));
        if (selection.exact()) {
            assertThat(selection.sum()).isEqualTo(amount);
            assertThat(selection.fee()).isEqualTo(Amount.ZERO);
        } else {
            long fee = fee(selection.proofs().size(), feePpk);
            assertThat(selection.fee()).isEqualTo(Amount.of(fee));
            assertThat(selection.sum()).isGreaterThanOrEqualTo(amount.plus(selection.fee()));
        }
    }

    private static boolean anySubsetSuffices(List<Amount> amounts, long amount, long feePpk) {
        for (int subset = 1; subset < 1 << amounts.size(); subset++) {
            long sum = 0;
            for (int i = 0; i < amounts.size(); i++) {
                sum += (subset >> i & 1) * amounts.get(i).toLong();
            }
            if (sum == amount || sum >= amount + fee(Integer.bitCount(subset), feePpk)) {
                return true;
            }
        }
        return false;
    }

    private static long fee(int proofs, long feePpk) {
        return (proofs * feePpk + 999) / 1000;
    }

    private static Optional<Selection> select(List<Proof> proofs, Amount amount, long feePpk) {
        return Selection.of(proofs, amount, proof -> feePpk, 500);
    }
}
