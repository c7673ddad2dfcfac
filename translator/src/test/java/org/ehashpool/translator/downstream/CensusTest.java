package org.ehashpool.translator.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CensusTest {

    private static MinerView miner(long id, long accepted, Map<String, Long> refused) {
        return new MinerView(
                id,
                "u",
                "w",
                List.of("u.w"),
                false,
                "peer",
                false,
                "agent",
                0,
                true,
                1,
                0,
                0,
                accepted,
                refused,
                1,
                2,
                0,
                OptionalLong.empty());
    }

    @Test
    void shouldKeepTheSharesOfThoseWhoAreGone() {
        Census census = Census.NOBODY
                .departed(miner(1, 5, Map.of("stale-share", 1L)))
                .departed(miner(2, 7, Map.of()))
                .with(List.of(miner(3, 11, Map.of("stale-share", 2L, "duplicate-share", 1L))));

        assertThat(census.miners()).extracting(MinerView::id).containsExactly(3L);
        assertThat(census.accepted()).isEqualTo(23);
        assertThat(census.refused()).isEqualTo(Map.of("stale-share", 3L, "duplicate-share", 1L));
        assertThat(census.stale()).isEqualTo(3);
        assertThat(census.unconfirmed()).isEqualTo(6);
    }

    @Test
    void shouldBoundTheReasonsThatAreKeptApart() {
        Census census = Census.NOBODY;
        for (int i = 0; i < 1_000; i++) {
            census = census.departed(miner(i, 0, Map.of("reason-" + i, 1L)));
        }

        assertThat(census.refused()).hasSize(65).containsEntry("other-reasons", 936L);
        assertThat(census.miners()).isEmpty();
    }
}
