package org.ehashpool.miner.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.ehashpool.mining.job.Job;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private static final long VERSION = 0x2000_0004L;
    private static final long RANGES_OF_NONCES = (1L << 32) / SearchSpace.RANGE;

    private static SearchRange range(SearchSpace space, long number) {
        return space.range(number).orElseThrow();
    }

    @Test
    void shouldBeginWithTheJobAsItIs() {
        SearchRange first = range(new SearchSpace(VERSION, Job.VERSION_ROLLING_MASK, 1000, 8), 0);

        assertThat(first.version()).isEqualTo(VERSION);
        assertThat(first.time()).isEqualTo(1000);
        assertThat(first.firstNonce()).isZero();
        assertThat(first.extranonce().toHex()).isEqualTo("0000000000000000");
    }

    @Test
    void shouldRollTheExtranonceWhenNoncesAreExhausted() {
        SearchSpace space = new SearchSpace(VERSION, 0, 1000, 8);

        assertThat(range(space, RANGES_OF_NONCES - 1).extranonce().toHex()).isEqualTo("0000000000000000");
        assertThat(range(space, RANGES_OF_NONCES - 1).firstNonce() + SearchSpace.RANGE)
                .isEqualTo(1L << 32);
        assertThat(range(space, RANGES_OF_NONCES * 0x0102).extranonce().toHex()).isEqualTo("0000000000000102");
    }

    @Test
    void shouldRollVersionBitsOfTheMaskAlone() {
        SearchSpace space = new SearchSpace(VERSION, Job.VERSION_ROLLING_MASK, 1000, 0);

        for (long i = 0; i < 1 << 12; i++) {
            long changed = range(space, i * RANGES_OF_NONCES).version() ^ VERSION;
            assertThat(changed & ~Job.VERSION_ROLLING_MASK).isZero();
        }
        assertThat(range(space, RANGES_OF_NONCES).version()).isEqualTo(VERSION ^ 0x20);
    }

    @Test
    void shouldRollTheTimeLastAndThenEnd() {
        SearchSpace space = new SearchSpace(VERSION, 0, 1000, 0);

        assertThat(range(space, RANGES_OF_NONCES).time()).isEqualTo(1001);
        assertThat(space.range(RANGES_OF_NONCES * 600 - 1)).isPresent();
        assertThat(space.range(RANGES_OF_NONCES * 600)).isEmpty();
    }

    @Test
    void shouldNeverGiveTheSameHeadersTwice() {
        SearchSpace space = new SearchSpace(VERSION, 0x60, 1000, 1);
        long all = RANGES_OF_NONCES * 256 * 4;
        Set<Object> seen = new HashSet<>();

        for (long i = 0; i < all + RANGES_OF_NONCES; i += 101) {
            assertThat(seen.add(range(space, i))).isTrue();
        }
        assertThat(range(space, all).time()).isEqualTo(1001);
    }
}
