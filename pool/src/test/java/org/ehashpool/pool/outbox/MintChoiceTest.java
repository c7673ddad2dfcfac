package org.ehashpool.pool.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.Test;

class MintChoiceTest {
    private static final Bytes FIRST = Bytes.of((byte) 1);
    private static final Bytes SECOND = Bytes.of((byte) 2);
    private static final Bytes THIRD = Bytes.of((byte) 3);

    @Test
    void shouldGiveEachItsPart() {
        MintChoice choice = new MintChoice(
                List.of(candidate(FIRST, 3, 1_000), candidate(SECOND, 1, 1_000), candidate(THIRD, 0, 1_000)), Map.of());
        assertThat(count(choice, 400)).isEqualTo(Map.of(FIRST, 300, SECOND, 100));
    }

    @Test
    void shouldGoOnWhereTheChoiceBeforeEnded() {
        List<MintChoice.Candidate> candidates = List.of(candidate(FIRST, 1, 10), candidate(SECOND, 1, 10));
        MintChoice first = new MintChoice(candidates, Map.of());
        Optional<Bytes> one = first.next("hash");
        Optional<Bytes> other = new MintChoice(candidates, first.turns()).next("hash");
        assertThat(one).isPresent().isNotEqualTo(other);
    }

    @Test
    void shouldChooseOnlyWhereThereIsRoomAndTheUnit() {
        MintChoice choice = new MintChoice(
                List.of(candidate(FIRST, 1, 2), new MintChoice.Candidate(SECOND, Set.of("sat"), 1, 5)), Map.of());
        assertThat(count(choice, 2)).isEqualTo(Map.of(FIRST, 2));
        assertThat(choice.next("hash")).isEmpty();
        assertThat(choice.next("sat")).contains(SECOND);
        assertThat(choice.next("other")).isEmpty();
        assertThat(choice.units()).containsExactlyInAnyOrder("hash", "sat");
        assertThat(choice.room()).isEqualTo(4);
    }

    private static Map<Bytes, Integer> count(MintChoice choice, int times) {
        Map<Bytes, Integer> counts = new HashMap<>();
        for (int i = 0; i < times; i++) {
            choice.next("hash").ifPresent(mint -> counts.merge(mint, 1, Integer::sum));
        }
        return counts;
    }

    private static MintChoice.Candidate candidate(Bytes mint, int weight, int room) {
        return new MintChoice.Candidate(mint, Set.of("hash"), weight, room);
    }
}
