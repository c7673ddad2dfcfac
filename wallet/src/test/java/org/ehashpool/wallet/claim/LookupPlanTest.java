package org.ehashpool.wallet.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.wallet.store.LockingKey;
import org.junit.jupiter.api.Test;

class LookupPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");

    private final LookupPlan plan = new LookupPlan();

    /** One key a day, for nine days. */
    private final List<LockingKey> keys = List.of(8, 7, 6, 5, 4, 3, 2, 1, 0).stream()
            .map(index -> new LockingKey(index, key(index + 1), NOW.minus(Duration.ofDays(8 - index))))
            .toList();

    @Test
    void shouldLookAtEveryKeyAtFirst() {
        assertThat(plan.due(keys, List.of(), NOW))
                .containsExactlyElementsOf(
                        keys.stream().map(LockingKey::publicKey).toList());
    }

    @Test
    void shouldLookOnlyAtRecentKeysWhenAllWereSeenLately() {
        keys.forEach(key -> plan.done(key.publicKey(), NOW));

        List<PublicKey> due = plan.due(keys, List.of(), NOW.plusSeconds(30));

        assertThat(due)
                .containsExactly(
                        keys.get(0).publicKey(),
                        keys.get(1).publicKey(),
                        keys.get(2).publicKey());
    }

    @Test
    void shouldLookAtOldKeysAgainAfterAWhile() {
        keys.forEach(key -> plan.done(key.publicKey(), NOW));

        assertThat(plan.due(keys, List.of(), NOW.plus(Duration.ofHours(6)))).hasSize(keys.size());
    }

    @Test
    void shouldLookAtAnOldKeyAgainAtOnceWhenItsPagesBrokeOff() {
        keys.stream().limit(8).forEach(key -> plan.done(key.publicKey(), NOW));

        assertThat(plan.due(keys, List.of(), NOW.plusSeconds(30)))
                .contains(keys.getLast().publicKey());
    }

    @Test
    void shouldAlwaysLookAtGivenKeys() {
        PublicKey given = key(100);
        plan.done(given, NOW);

        assertThat(plan.due(keys, List.of(given), NOW)).contains(given);
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[SecretKey.LENGTH];
        bytes[bytes.length - 1] = (byte) number;
        return SecretKey.of(bytes).publicKey();
    }
}
