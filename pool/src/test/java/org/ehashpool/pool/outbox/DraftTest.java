package org.ehashpool.pool.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class DraftTest {
    private static final Bytes ALICE = Bytes.fromHex("02" + "aa".repeat(32));
    private static final Bytes BOB = Bytes.fromHex("02" + "bb".repeat(32));
    private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    @Test
    void shouldFoldCreditsOfOnePayee() {
        List<Credit> credits = List.of(credit(1, ALICE, 10), credit(2, BOB, 7), credit(3, ALICE, 5));
        List<Draft> drafts = Draft.folded(credits);
        assertThat(drafts)
                .containsExactly(
                        new Draft(List.of(credits.get(0), credits.get(2)), BigInteger.valueOf(15)),
                        new Draft(List.of(credits.get(1)), BigInteger.valueOf(7)));
        assertThat(drafts.getFirst().newest()).isEqualTo(credits.get(2));
    }

    @Test
    void shouldBeginAnotherOrderWhenTheSumIsNoAmount() {
        Credit most = credit(1, ALICE, MOST);
        Credit one = credit(2, ALICE, BigInteger.ONE);
        Credit two = credit(3, ALICE, BigInteger.TWO);
        assertThat(Draft.folded(List.of(most, one, two)))
                .containsExactly(new Draft(List.of(most), MOST), new Draft(List.of(one, two), BigInteger.valueOf(3)));
        Credit half = credit(4, ALICE, BigInteger.TWO.pow(63));
        Credit rest = credit(5, ALICE, BigInteger.TWO.pow(63).subtract(BigInteger.ONE));
        assertThat(Draft.folded(List.of(half, rest))).containsExactly(new Draft(List.of(half, rest), MOST));
    }

    @Test
    void shouldNeitherLoseNorRepeatCreditsHoweverLargeTheyAre() {
        List<Credit> credits = IntStream.range(0, 1_000)
                .mapToObj(i -> credit(
                        i,
                        i % 3 == 0 ? ALICE : BOB,
                        MOST.divide(BigInteger.valueOf(1 + i % 7)).max(BigInteger.ONE)))
                .toList();
        List<Draft> drafts = Draft.folded(credits);
        assertThat(drafts.stream().flatMap(draft -> draft.credits().stream()))
                .containsExactlyInAnyOrderElementsOf(credits);
        assertThat(drafts).allSatisfy(draft -> {
            assertThat(draft.amount()).isBetween(BigInteger.ONE, MOST);
            assertThat(draft.credits().stream().map(Credit::amount).reduce(BigInteger.ZERO, BigInteger::add))
                    .isEqualTo(draft.amount());
        });
    }

    @Test
    void shouldKeepUnitsAndNodesApart() {
        Credit here = credit(1, ALICE, 1);
        Credit elsewhere = new Credit(1, 0, U256.of(2), 9, 1, 1, 1, 2, ALICE, "hash", BigInteger.ONE, 0);
        Credit other = new Credit(1, 0, U256.of(3), 0, 1, 1, 1, 3, ALICE, "sat", BigInteger.ONE, 0);
        assertThat(Draft.folded(List.of(here, elsewhere, other))).hasSize(3);
        assertThat(Draft.single(List.of(here, elsewhere, other))).hasSize(3);
    }

    @Test
    void shouldTellTheLastShareOfEachChannelOfThisProcess() {
        Credit first = new Credit(1, 0, U256.of(1), 0, 5, 7, 1, 10, ALICE, "hash", BigInteger.ONE, 0);
        Credit later = new Credit(1, 0, U256.of(2), 0, 5, 7, 1, 12, ALICE, "hash", BigInteger.ONE, 0);
        Credit channel = new Credit(1, 0, U256.of(3), 0, 5, 7, 2, 3, ALICE, "hash", BigInteger.ONE, 0);
        Credit before = new Credit(1, 0, U256.of(4), 0, 4, 7, 1, 99, ALICE, "hash", BigInteger.ONE, 0);
        assertThat(ChannelMark.of(List.of(first, channel, later, before), 5))
                .containsExactly(new ChannelMark(7, 1, 12, U256.of(2)), new ChannelMark(7, 2, 3, U256.of(3)));
    }

    private static Credit credit(int id, Bytes key, long amount) {
        return credit(id, key, BigInteger.valueOf(amount));
    }

    private static Credit credit(int id, Bytes key, BigInteger amount) {
        return new Credit(1, 0, U256.of(id), 0, 1, 1, 1, id, key, "hash", amount, 1_000L + id);
    }
}
