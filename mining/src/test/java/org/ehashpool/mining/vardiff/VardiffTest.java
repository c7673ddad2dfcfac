package org.ehashpool.mining.vardiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VardiffTest {
    private static final double SHARES_PER_MINUTE = 6;
    private static final double MINUTE = 60_000;

    /**
     * Nominal rates from 10^8 times too high to 10^7 times too low. The reference implementation's published figure
     * for 10^5 upwards at 6 shares a minute: 83.3 % converge, half of them within 12 minutes, 90 % within 21.
     */
    @Test
    void shouldConvergeOverEightDecadesEitherWay() {
        System.out.println("vardiff at 6 shares a minute: minutes until the target is within a quarter of its ideal");
        System.out.println("nominal/true    p50     p90   worst    then within 1/4   within 1/2   changes/h");
        for (int decade = -8; decade <= 7; decade++) {
            // Far too easy a target costs a simulated share for each real one.
            int runs = decade > 6 ? 4 : 150;
            double[] times = new double[runs];
            double near = 0;
            double nearby = 0;
            int changes = 0;
            for (int run = 0; run < runs; run++) {
                double rate = 1e12;
                VardiffSimulation simulation = new VardiffSimulation(
                        new SplittableRandom(1000L * decade + run),
                        SHARES_PER_MINUTE,
                        rate / Math.pow(10, decade),
                        rate,
                        Target.EASIEST);
                times[run] = simulation.firstWithin(1.25, 120 * MINUTE) / MINUTE;
                int before = simulation.targets();
                near += simulation.timeWithin(1.25, 60 * MINUTE);
                nearby += simulation.timeWithin(1.5, 60 * MINUTE);
                changes += simulation.targets() - before;
            }
            Arrays.sort(times);
            System.out.printf(
                    "     10^%+3d  %6.2f  %6.2f  %6.2f              %5.1f %%      %5.1f %%      %5.1f%n",
                    -decade,
                    times[runs / 2],
                    times[runs * 9 / 10],
                    times[runs - 1],
                    100 * near / runs,
                    100 * nearby / runs,
                    changes / 2.0 / runs);

            assertThat(times[0]).as("all converge at 10^%d", decade).isNotNegative();
            assertThat(times[runs / 2]).as("median at 10^%d", decade).isLessThan(12);
            assertThat(times[runs * 9 / 10]).as("p90 at 10^%d", decade).isLessThan(runs < 10 ? 60 : 21);
            assertThat(nearby / runs).as("stability at 10^%d", decade).isGreaterThan(0.95);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 2, 100})
    void shouldFollowAMinerThatChanges(double factor) {
        double rate = 1e14;
        VardiffSimulation simulation =
                new VardiffSimulation(new SplittableRandom(6), SHARES_PER_MINUTE, rate, rate, Target.EASIEST);
        simulation.timeWithin(1.5, 120 * MINUTE);

        simulation.changeRate(rate * factor);

        assertThat(simulation.firstWithin(1.25, 240 * MINUTE)).isBetween(120 * MINUTE, 150 * MINUTE);
    }

    @Test
    void shouldNeverBeEasierThanTheClientsMaximum() {
        Target maximum = Target.ofDifficulty(1_000_000);
        VardiffSimulation simulation =
                new VardiffSimulation(new SplittableRandom(8), SHARES_PER_MINUTE, 1e12, 1e9, maximum);

        simulation.timeWithin(1.5, 600 * MINUTE);

        assertThat(simulation.current()).isEqualTo(maximum);
    }

    @Test
    void shouldPutTheClientsMaximumAboveTheNetworksTarget() {
        Vardiff vardiff = Vardiff.starting(1e30, 0);
        Target network = Target.ofDifficulty(1000);

        assertThat(vardiff.target(6, Target.EASIEST, network)).isEqualTo(network);
        assertThat(vardiff.target(6, Target.ofDifficulty(2000), network)).isEqualTo(Target.ofDifficulty(2000));
    }

    @Test
    void shouldDecayWithoutASingleShare() {
        Vardiff vardiff = Vardiff.starting(1e15, 0);
        Target target = Target.ofHashRate(1e15, 6);
        for (long now = 0; now <= 3_600_000; now += 5_000) {
            Vardiff next = vardiff.evaluated(target, now);
            if (!next.equals(vardiff)) {
                vardiff = next;
                target = vardiff.target(6, Target.EASIEST, Target.of(U256.ZERO));
            }
        }

        assertThat(vardiff.hashRate()).isLessThan(1);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "-1", "0", "Infinity", "1e300"})
    void shouldTakeAnyNominalHashRate(double nominal) {
        Vardiff vardiff = Vardiff.starting(nominal, 0);

        assertThat(vardiff.hashRate()).isPositive().isFinite();
        assertThat(vardiff.target(6, Target.EASIEST, Target.of(U256.ZERO))).isNotNull();
    }

    @Test
    void shouldSurviveAClockThatGoesBackAndSharesAllAtOnce() {
        Vardiff vardiff = Vardiff.starting(1e9, 1_000_000);
        for (int i = 0; i < 1_000; i++) {
            vardiff = vardiff.withShare(Target.DIFFICULTY_ONE).evaluated(Target.DIFFICULTY_ONE, 1_000_000 - i);
            assertThat(vardiff.hashRate()).isPositive().isFinite();
        }
    }

    @Test
    void shouldKnowThePoissonDistribution() {
        assertThat(Poisson.atMost(0, 3)).isCloseTo(Math.exp(-3), within(1e-12));
        assertThat(Poisson.atMost(2, 3)).isCloseTo(0.42319, within(1e-5));
        assertThat(Poisson.atLeast(3, 3)).isEqualTo(1);
        assertThat(Poisson.atLeast(8, 3)).isCloseTo(0.011905, within(1e-5));
        assertThat(Poisson.atLeast(1, 0)).isZero();
        assertThat(Poisson.atMost(0, 1e9)).isLessThan(1e-12);
        assertThat(Poisson.atLeast(2_000_000_000, 1e9)).isLessThan(1e-12);
    }
}
