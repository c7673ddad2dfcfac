package org.ehashpool.pool.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.sv2.admission.TokenBucket;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.Test;

class UserTermsTest {
    private final UserTerms terms = UserTerms.of(
            Configs.shares(),
            List.of(
                    new UserConfig("alice", Optional.of(1e-9), Optional.empty()),
                    new UserConfig("alice.big", Optional.empty(), Optional.of(1e6)),
                    new UserConfig("bob", Optional.of(512.0), Optional.of(1.0))));

    @Test
    void shouldGrantTheUsualTermsToWhoeverIsNotNamed() {
        assertThat(terms.of(Text.of("carol.rig")).fixed()).isEmpty();
        assertThat(terms.of(Text.of("alicex")).fixed()).isEmpty();
        assertThat(terms.of(Text.EMPTY).easiest()).isEqualTo(Target.ofDifficulty(Configs.MINIMUM));
    }

    @Test
    void shouldGrantTheTermsOfTheAccountToItsWorkers() {
        assertThat(terms.of(Text.of("bob.rig.7")).fixed()).contains(Target.ofDifficulty(512));
    }

    @Test
    void shouldPreferTheWholeIdentity() {
        assertThat(terms.of(Text.of("alice.big")).fixed()).isEmpty();
        assertThat(terms.of(Text.of("alice.big")).easiest()).isEqualTo(Target.ofDifficulty(1e6));
    }

    @Test
    void shouldLetAFixedDifficultyBeEasierThanAnyOther() {
        assertThat(terms.of(Text.of("alice.x")).fixed()).contains(Target.ofDifficulty(1e-9));
        assertThat(terms.of(Text.of("alice.x")).easiest()).isEqualTo(Target.ofDifficulty(1e-9));
    }

    @Test
    void shouldTakeTokensAtTheirRateAfterTheBurst() {
        TokenBucket bucket = new TokenBucket(0);
        for (int i = 0; i < 5; i++) {
            assertThat(bucket.take(1_000, 10, 5)).isTrue();
        }
        assertThat(bucket.take(1_000, 10, 5)).isFalse();
        assertThat(bucket.take(100_001_000L, 10, 5)).isTrue();
        assertThat(bucket.take(100_001_000L, 10, 5)).isFalse();
    }
}
