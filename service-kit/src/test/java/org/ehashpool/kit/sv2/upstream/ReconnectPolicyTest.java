package org.ehashpool.kit.sv2.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy.Redirect;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy.Step;
import org.ehashpool.kit.sv2.upstream.ReconnectPolicy.Target;
import org.junit.jupiter.api.Test;

/** Time is a number here: nothing waits. */
final class ReconnectPolicyTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final ReconnectSettings SETTINGS = new ReconnectSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(16),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(240));

    /** The longest delay that jitter allows, always. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private long now = 1_000 * SECOND;

    @Test
    void shouldBackOffExponentiallyUpToTheCapWhenTheOnlyPeerFails() {
        ReconnectPolicy policy = new ReconnectPolicy(1, SETTINGS, LONGEST);
        assertThat(policy.start(now)).isEqualTo(dial(0));
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            long until = waitOf(policy.attemptFailed(now));
            waits.add((until - now) / SECOND);
            now = until;
            assertThat(policy.wake(now)).isEqualTo(dial(0));
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 16L, 16L);
    }

    @Test
    void shouldSpreadWaitsOverTheWholeRangeWhenJittered() {
        List<Long> waits = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            ReconnectPolicy policy = new ReconnectPolicy(1, SETTINGS, new Random(seed));
            policy.start(now);
            waits.add(waitOf(policy.attemptFailed(now)) - now);
        }
        assertThat(waits).allMatch(wait -> wait >= 0 && wait <= SECOND);
        assertThat(waits.stream().mapToLong(Long::longValue).average().orElseThrow())
                .isBetween(0.4 * SECOND, 0.6 * SECOND);
        assertThat(waits).anyMatch(wait -> wait < SECOND / 10).anyMatch(wait -> wait > SECOND * 9 / 10);
    }

    @Test
    void shouldFailOverAtOnceWhenThePreferredPeerFails() {
        ReconnectPolicy policy = new ReconnectPolicy(3, SETTINGS, LONGEST);
        policy.start(now);
        assertThat(policy.attemptFailed(now)).isEqualTo(dial(1));
        assertThat(policy.attemptFailed(now)).isEqualTo(dial(2));
        assertThat(waitOf(policy.attemptFailed(now)) - now).isEqualTo(SECOND);
    }

    @Test
    void shouldNotForgetFailuresWhenAConnectionWasShort() {
        ReconnectPolicy policy = new ReconnectPolicy(1, SETTINGS, LONGEST);
        policy.start(now);
        for (int expected : new int[] {1, 2, 4}) {
            policy.attemptSucceeded(now);
            now += 59 * SECOND;
            long until = waitOf(policy.disconnected(now));
            assertThat(until - now).isEqualTo(expected * SECOND);
            now = until;
            policy.wake(now);
        }
    }

    @Test
    void shouldStartOverWhenAConnectionWasStable() {
        ReconnectPolicy policy = new ReconnectPolicy(1, SETTINGS, LONGEST);
        policy.start(now);
        now = waitOf(policy.attemptFailed(now));
        policy.wake(now);
        now = waitOf(policy.attemptFailed(now));
        policy.wake(now);
        policy.attemptSucceeded(now);
        now += 60 * SECOND;
        // Not at once: a restarted server sees its clients over the initial delay.
        long until = waitOf(policy.disconnected(now));
        assertThat(until - now).isEqualTo(SECOND);
        now = until;
        assertThat(policy.wake(now)).isEqualTo(dial(0));
        assertThat(waitOf(policy.attemptFailed(now)) - now).isEqualTo(SECOND);
    }

    @Test
    void shouldTryThePreferredPeerFirstWhenAStableConnectionToAnotherEnds() {
        ReconnectPolicy policy = new ReconnectPolicy(2, SETTINGS, LONGEST);
        policy.start(now);
        policy.attemptFailed(now);
        policy.attemptSucceeded(now);
        now = waitOf(policy.wake(now));
        assertThat(policy.wake(now)).isInstanceOf(Step.Dial.class);
        policy.attemptFailed(now);
        now += 30 * SECOND;
        now = waitOf(policy.disconnected(now));
        assertThat(policy.wake(now)).isEqualTo(dial(1));
        policy.attemptFailed(now);
        now += 240 * SECOND;
        assertThat(policy.wake(now)).isEqualTo(dial(0));
    }

    @Test
    void shouldProbeAndSwitchBackOnlyWhenThePreferredPeerAnswers() {
        ReconnectPolicy policy = new ReconnectPolicy(2, SETTINGS, LONGEST);
        policy.start(now);
        policy.attemptFailed(now);
        Step afterFailover = policy.attemptSucceeded(now);
        // Peer 0 has failed once: 30 s doubled; the connection's own stability is looked at in the meantime.
        assertThat(waitOf(afterFailover) - now).isEqualTo(60 * SECOND);
        now += 60 * SECOND;
        assertThat(policy.wake(now)).isEqualTo(dial(0));
        assertThat(policy.current()).contains(new Target(1, Optional.empty()));

        long until = waitOf(policy.attemptFailed(now));
        assertThat(until - now).isEqualTo(120 * SECOND);
        now = until;
        assertThat(policy.wake(now)).isEqualTo(dial(0));
        policy.attemptSucceeded(now);
        assertThat(policy.current()).contains(new Target(0, Optional.empty()));
    }

    @Test
    void shouldKeepTheAttemptWhenTheCurrentConnectionEndsMeanwhile() {
        ReconnectPolicy policy = new ReconnectPolicy(2, SETTINGS, LONGEST);
        policy.start(now);
        policy.attemptFailed(now);
        policy.attemptSucceeded(now);
        now += 60 * SECOND;
        assertThat(policy.wake(now)).isEqualTo(dial(0));
        assertThat(policy.disconnected(now)).isEqualTo(new Step.Rest());
        policy.attemptSucceeded(now);
        assertThat(policy.current()).contains(new Target(0, Optional.empty()));
    }

    @Test
    void shouldTryTheFlappingPeerLessAndLessWhenItDropsAfterEachFailback() {
        ReconnectPolicy policy = new ReconnectPolicy(2, SETTINGS, LONGEST);
        policy.start(now);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            policy.attemptSucceeded(now); // peer 0
            now += SECOND;
            assertThat(policy.disconnected(now)).isEqualTo(dial(1));
            long failedOver = now;
            Step step = policy.attemptSucceeded(now);
            while (step instanceof Step.Wait(long until)) {
                now = until;
                step = policy.wake(now);
            }
            assertThat(step).isEqualTo(dial(0));
            pauses.add((now - failedOver) / SECOND);
        }
        assertThat(pauses).containsExactly(60L, 120L, 240L, 240L, 240L, 240L);
    }

    @Test
    void shouldDialTheNewAddressBeforeLeavingTheOldOneWhenRedirected() {
        ReconnectPolicy policy = new ReconnectPolicy(2, SETTINGS, LONGEST);
        policy.start(now);
        policy.attemptSucceeded(now);
        now += 60 * SECOND;
        Redirect redirect = new Redirect("other.example", 4000);
        assertThat(policy.redirected(redirect, now)).contains(new Step.Dial(new Target(0, Optional.of(redirect))));
        assertThat(policy.current()).contains(new Target(0, Optional.empty()));
        policy.attemptSucceeded(now);
        assertThat(policy.current()).contains(new Target(0, Optional.of(redirect)));

        now += 60 * SECOND;
        assertThat(policy.redirected(new Redirect("", 5000), now))
                .contains(new Step.Dial(new Target(0, Optional.of(new Redirect("other.example", 5000)))));
    }

    @Test
    void shouldIgnoreRedirectionWhenConnectionIsNotStable() {
        ReconnectPolicy policy = new ReconnectPolicy(1, SETTINGS, LONGEST);
        policy.start(now);
        policy.attemptSucceeded(now);
        now += 59 * SECOND;
        assertThat(policy.redirected(new Redirect("", 0), now)).isEmpty();
    }

    @Test
    void shouldGoBackToTheListWhenARedirectedConnectionEnds() {
        ReconnectPolicy policy = new ReconnectPolicy(1, SETTINGS, LONGEST);
        policy.start(now);
        policy.attemptSucceeded(now);
        now += 60 * SECOND;
        policy.redirected(new Redirect("other.example", 1), now);
        policy.attemptSucceeded(now);
        now += 60 * SECOND;
        now = waitOf(policy.disconnected(now));
        assertThat(policy.wake(now)).isEqualTo(dial(0));
    }

    @Test
    void shouldRestWhenStopped() {
        ReconnectPolicy policy = new ReconnectPolicy(1, SETTINGS, LONGEST);
        policy.start(now);
        policy.attemptFailed(now);
        assertThat(policy.stop()).isEqualTo(new Step.Rest());
        assertThat(policy.wake(now + 100 * SECOND)).isEqualTo(new Step.Rest());
    }

    @Test
    void shouldRejectReportsWhenNothingIsUnderWay() {
        ReconnectPolicy policy = new ReconnectPolicy(1, SETTINGS, LONGEST);
        assertThatThrownBy(() -> policy.attemptFailed(now)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> policy.disconnected(now)).isInstanceOf(IllegalStateException.class);
    }

    /** Whatever happens, in whatever order: never two attempts, never a busy loop, always a next step while running. */
    @Test
    void shouldAlwaysHaveANextStepWhenEventsAreRandom() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            ReconnectPolicy policy = new ReconnectPolicy(1 + random.nextInt(4), SETTINGS, new Random(run));
            Step step = policy.start(now);
            int dials = 0;
            long began = now;
            for (int i = 0; i < 500; i++) {
                if (policy.attempt().isPresent()) {
                    dials++;
                    now += random.nextLong(3 * SECOND);
                    step = random.nextInt(3) == 0 ? policy.attemptSucceeded(now) : policy.attemptFailed(now);
                } else if (policy.current().isPresent() && random.nextInt(3) == 0) {
                    now += random.nextLong(90 * SECOND);
                    step = policy.disconnected(now);
                } else if (step instanceof Step.Wait(long until)) {
                    assertThat(until - now).isPositive();
                    now = until;
                    step = policy.wake(now);
                } else {
                    assertThat(policy.current()).isPresent();
                    now += SECOND;
                }
                assertThat(policy.attempt().isPresent() || policy.current().isPresent() || step instanceof Step.Wait)
                        .isTrue();
            }
            assertThat(dials).isLessThan((int) ((now - began) / SECOND) + 50);
        }
    }

    private static Step dial(int peer) {
        return new Step.Dial(new Target(peer, Optional.empty()));
    }

    private static long waitOf(Step step) {
        assertThat(step).isInstanceOf(Step.Wait.class);
        return ((Step.Wait) step).until();
    }
}
