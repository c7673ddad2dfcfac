package org.ehashpool.mining.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenSharesTest {

    @Test
    void shouldBehaveLikeASet() {
        Random random = new Random(4);
        SeenShares seen = new SeenShares(5_001);
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 20_000 && expected.size() < 5_000; i++) {
            long key = random.nextInt(8_000) - 100L;
            assertThat(seen.contains(key)).isEqualTo(expected.contains(key));
            assertThat(seen.add(key)).isEqualTo(expected.add(key));
            assertThat(seen.size()).isEqualTo(expected.size());
        }
        assertThat(expected).allMatch(seen::contains);
        assertThat(seen.add(0)).isEqualTo(expected.add(0L));
        assertThat(seen.contains(0)).isTrue();
    }

    @Test
    void shouldTakeNoMoreThanItsLimitAndForgetNothing() {
        SeenShares seen = new SeenShares(1_000);
        for (long key = 0; key < 1_000; key++) {
            assertThat(seen.add(key << 48)).isTrue();
        }

        assertThat(seen.isFull()).isTrue();
        assertThat(seen.add(77)).isFalse();
        for (long key = 0; key < 1_000; key++) {
            assertThat(seen.contains(key << 48)).isTrue();
        }
        assertThat(seen.contains(77)).isFalse();
    }

    @Test
    void shouldForgetAllWhenTold() {
        SeenShares seen = new SeenShares(1);
        seen.add(5);
        seen.clear();

        assertThat(seen.contains(5)).isFalse();
        assertThat(seen.add(6)).isTrue();
    }

    @Test
    void shouldRefuseAbsurdLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SeenShares(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new SeenShares(1 << 29));
    }
}
