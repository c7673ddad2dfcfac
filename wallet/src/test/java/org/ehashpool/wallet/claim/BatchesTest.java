package org.ehashpool.wallet.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.wallet.claim.Batches.Mintable;
import org.junit.jupiter.api.Test;

class BatchesTest {

    @Test
    void shouldFillBatchesUpToTheMostQuotes() {
        List<Mintable> quotes = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            quotes.add(quote("q" + i, "hash", Amount.ONE));
        }

        List<List<Mintable>> batches = Batches.of(quotes, 3);

        assertThat(batches).extracting(List::size).containsExactly(3, 3, 1);
        assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(quotes);
    }

    @Test
    void shouldNotMixUnits() {
        List<List<Mintable>> batches = Batches.of(
                List.of(quote("a", "hash", Amount.ONE), quote("b", "sat", Amount.ONE), quote("c", "hash", Amount.ONE)),
                10);

        assertThat(batches)
                .hasSize(2)
                .allSatisfy(batch -> assertThat(batch)
                        .extracting(Mintable::unit)
                        .containsOnly(batch.getFirst().unit()));
    }

    @Test
    void shouldLeaveAQuoteAloneThatIsToBeMintedByItself() {
        Mintable alone = new Mintable("b", "hash", Amount.ONE, true);

        List<List<Mintable>> batches =
                Batches.of(List.of(quote("a", "hash", Amount.ONE), alone, quote("c", "hash", Amount.ONE)), 10);

        assertThat(batches).hasSize(2).contains(List.of(alone));
    }

    @Test
    void shouldBeginAnotherBatchWhenTheSumIsAboveTheLargestAmount() {
        Amount half = Amount.powerOfTwo(63);

        List<List<Mintable>> batches = Batches.of(
                List.of(
                        quote("a", "hash", half),
                        quote("b", "hash", half),
                        quote("c", "hash", half.minus(Amount.ONE)),
                        quote("d", "hash", Amount.MAXIMUM)),
                10);

        assertThat(batches)
                .hasSize(3)
                .allSatisfy(batch -> assertThat(Batches.sum(batch)).isPresent());
        assertThat(batches.stream().flatMap(List::stream)).hasSize(4);
    }

    @Test
    void shouldMakeBatchesOfOneWhenTheMintHasNoBatches() {
        List<List<Mintable>> batches =
                Batches.of(List.of(quote("a", "hash", Amount.ONE), quote("b", "hash", Amount.ONE)), 1);

        assertThat(batches).extracting(List::size).containsExactly(1, 1);
    }

    private static Mintable quote(String id, String unit, Amount amount) {
        return new Mintable(id, unit, amount, false);
    }
}
