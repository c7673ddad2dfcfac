package org.ehashpool.wallet.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.wallet.operation.Consolidation.Schedule;
import org.ehashpool.wallet.operation.Consolidation.Settings;
import org.junit.jupiter.api.Test;

class ConsolidationTest {

    private static final Settings SETTINGS = new Settings(Duration.ofMinutes(30), 20, 5, 12);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = new Random(7);

    @Test
    void shouldChooseNoMoreThanTheMintTakes() {
        assertThat(Consolidation.choose(ones(60), SETTINGS, 7, random)).hasSizeLessThanOrEqualTo(7);
        assertThat(Consolidation.choose(ones(60), SETTINGS, 1, random)).isEmpty();
    }

    @Test
    void shouldChooseNothingWhenThereAreNotTooMany() {
        assertThat(Consolidation.choose(ones(20), SETTINGS, 1000, random)).isEmpty();
    }

    @Test
    void shouldChooseRandomSubsetsOfRandomSizesWithinTheBounds() {
        List<Proof> proofs = ones(21);
        Set<Integer> sizes = new HashSet<>();
        Set<Set<Proof>> subsets = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            List<Proof> chosen = Consolidation.choose(proofs, SETTINGS, 1000, random);
            assertThat(chosen).hasSizeBetween(5, 12).doesNotHaveDuplicates();
            assertThat(proofs).containsAll(chosen);
            sizes.add(chosen.size());
            subsets.add(new HashSet<>(chosen));
        }

        assertThat(sizes).hasSize(8);
        assertThat(subsets).hasSizeGreaterThan(190);
    }

    @Test
    void shouldChooseNoMoreThanASwapCanSumUp() {
        List<Proof> proofs = TestProofs.of(Collections.nCopies(30, Amount.powerOfTwo(63)));

        assertThat(Consolidation.choose(proofs, SETTINGS, 1000, random)).hasSize(1);
    }

    @Test
    void shouldRefuseSubsetsAboveWhatMintsTake() {
        assertThatThrownBy(() -> new Settings(Duration.ofMinutes(1), 100, 50, 1001))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldComeAtIntervalsOfAPoissonProcess() {
        Schedule schedule = new Schedule(Duration.ofMinutes(30), random);
        int count = 0;
        int within = 0;
        Instant last = START;
        schedule.due("hash", START);
        for (Instant now = START; count < 2_000; now = now.plusSeconds(10)) {
            if (schedule.due("hash", now)) {
                within += Duration.between(last, now).compareTo(Duration.ofMinutes(30)) < 0 ? 1 : 0;
                last = now;
                count++;
            }
        }

        // The mean is 30 minutes; of exponential intervals, 1 − 1/e are below it.
        assertThat(Duration.between(START, last).toSeconds() / count).isBetween(1_700L, 1_920L);
        assertThat(within / (double) count).isBetween(0.60, 0.66);
    }

    @Test
    void shouldGiveEveryUnitATimeOfItsOwn() {
        Schedule schedule = new Schedule(Duration.ofMinutes(30), random);
        schedule.due("hash", START);
        schedule.due("sat", START);
        Instant muchLater = START.plus(Duration.ofDays(30));

        assertThat(schedule.due("hash", muchLater)).isTrue();
        assertThat(schedule.due("sat", muchLater)).isTrue();
        assertThat(schedule.due("hash", muchLater)).isFalse();
    }

    private static List<Proof> ones(int count) {
        return TestProofs.of(Collections.nCopies(count, Amount.ONE));
    }
}
