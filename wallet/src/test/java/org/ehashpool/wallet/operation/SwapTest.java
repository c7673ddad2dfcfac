package org.ehashpool.wallet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.proof.Proof;
import org.junit.jupiter.api.Test;

class SwapTest {

    @Test
    void shouldLeaveWhatTheFeeDoesNotTake() {
        List<Proof> proofs = TestProofs.of(8, 2);

        Swap swap = Swap.of(proofs, Map.of(proofs.getFirst().keysetId(), 600L));

        assertThat(swap).isEqualTo(new Swap(Amount.of(2), Amount.of(8)));
    }

    @Test
    void shouldNameTheFeeWhenItLeavesNothing() {
        List<Proof> proofs = TestProofs.of(1, 1);

        assertThatThrownBy(() -> Swap.of(proofs, Map.of(proofs.getFirst().keysetId(), 5_000L)))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("worth 2")
                .hasMessageContaining("fee of 10");
    }

    @Test
    void shouldSayThatTheSumIsTooLargeWhenItIs() {
        List<Proof> proofs = TestProofs.of(1L << 63, 1L << 63);

        assertThatThrownBy(() -> Swap.of(proofs, Map.of()))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("more than 2^64-1");
    }
}
