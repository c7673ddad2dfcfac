package org.ehashpool.pool.pay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayTermsTest {
    private static final Duration LAPSES = Duration.ofDays(30);
    private static final BigInteger MILLION = BigInteger.valueOf(PayTerms.CARRY_SCALE);

    private static PayTerms work(BigInteger unit, int fee) {
        return new PayTerms(new PayPolicy.Work(unit), fee, LAPSES);
    }

    /** A target with just that much work, near enough. */
    private static Target target(BigInteger work) {
        return Target.of(U256.of(BigInteger.ONE.shiftLeft(256).divide(work).subtract(BigInteger.ONE)));
    }

    @Test
    void shouldPayTheTargetsWorkWhateverTheHashWas() {
        PayTerms terms = work(BigInteger.TWO.pow(32), 0);

        PayTerms.Payment easy = terms.pay(BigInteger.ZERO, Target.DIFFICULTY_ONE, Target.DIFFICULTY_ONE.value());
        PayTerms.Payment lucky = terms.pay(BigInteger.ZERO, Target.DIFFICULTY_ONE, U256.of(1));

        assertThat(easy).isEqualTo(lucky);
        // 2^256 / (0xffff * 2^208 + 1), rounded down, is 2^32 + 2^16 + 1.
        assertThat(easy.amount()).isEqualTo(Amount.ONE);
        assertThat(easy.carry()).isEqualTo(BigInteger.valueOf(65_537).multiply(MILLION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551615"})
    void shouldPayExactlyWhenTheAmountIsLarge(String amount) {
        Target target = target(BigInteger.TWO.pow(120));
        BigInteger unit = target.work().divide(new BigInteger(amount));

        PayTerms.Payment payment = work(unit, 0).pay(BigInteger.ZERO, target, U256.ZERO);

        BigInteger[] exact = target.work().divideAndRemainder(unit);
        assertThat(payment.amount().toBigInteger()).isEqualTo(exact[0].min(Amount.MAXIMUM.toBigInteger()));
        assertThat(payment.amount()
                        .toBigInteger()
                        .multiply(unit)
                        .multiply(MILLION)
                        .add(payment.carry()))
                .isEqualTo(target.work().multiply(MILLION));
    }

    @Test
    void shouldCarryWhatDoesNotFitIntoAnAmount() {
        Target target = target(BigInteger.TWO.pow(80));
        PayTerms terms = work(BigInteger.ONE, 0);

        PayTerms.Payment first = terms.pay(BigInteger.ZERO, target, U256.ZERO);
        PayTerms.Payment second = terms.pay(first.carry(), Target.EASIEST, U256.ZERO);

        assertThat(first.amount()).isEqualTo(Amount.MAXIMUM);
        assertThat(second.amount()).isEqualTo(Amount.MAXIMUM);
        assertThat(second.carry())
                .isEqualTo(target.work()
                        .add(BigInteger.ONE)
                        .subtract(Amount.MAXIMUM.toBigInteger().multiply(BigInteger.TWO))
                        .multiply(MILLION));
    }

    /** Whatever the shares, the unit and the fee: paid and carried together are what the shares are worth. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldNeitherLoseNorMakeAnything(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 50; run++) {
            int fee = random.nextBoolean() ? random.nextInt(1_000_001) : random.nextInt(3);
            PayTerms terms = work(new BigInteger(1 + random.nextInt(90), random).add(BigInteger.ONE), fee);
            BigInteger unit = terms.policy().perUnit().multiply(MILLION);
            BigInteger carry = BigInteger.ZERO;
            BigInteger paid = BigInteger.ZERO;
            BigInteger worth = BigInteger.ZERO;
            for (int share = 0; share < 40; share++) {
                Target target = Target.of(U256.of(new BigInteger(random.nextInt(257), random)));
                PayTerms.Payment payment = terms.pay(carry, target, U256.ZERO);
                carry = payment.carry();
                paid = paid.add(payment.amount().toBigInteger());
                worth = worth.add(target.work().multiply(BigInteger.valueOf(PayTerms.CARRY_SCALE - fee)));
                assertThat(carry).isNotNegative();
                assertThat(payment.amount().equals(Amount.MAXIMUM) || carry.compareTo(unit) < 0)
                        .isTrue();
            }
            assertThat(paid.multiply(unit).add(carry)).isEqualTo(worth);
        }
    }

    @Test
    void shouldTakeTheFeeExactlyWhenSharesAreSmall() {
        PayTerms terms = work(BigInteger.TEN, 15_000);
        BigInteger carry = BigInteger.ZERO;
        BigInteger paid = BigInteger.ZERO;
        for (int share = 0; share < 1_000_000; share++) {
            PayTerms.Payment payment = terms.pay(carry, Target.EASIEST, U256.ZERO);
            carry = payment.carry();
            paid = paid.add(payment.amount().toBigInteger());
        }
        assertThat(paid).isEqualTo(98_500);
        assertThat(carry).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "32, 31, 0",
        "32, 32, 1",
        "32, 33, 2",
        "32, 52, 1048576",
        "0, 53, 9007199254740992",
        "0, 63, 9223372036854775808",
        "0, 64, 9223372036854775808",
        "0, 255, 9223372036854775808",
        "0, 0, 1"
    })
    void shouldPayByTheHashWhenLeadingZerosCount(int minimum, int zeros, String amount) {
        PayTerms terms = new PayTerms(new PayPolicy.LeadingZeros(minimum), 0, LAPSES);
        U256 hash = U256.of(BigInteger.ONE.shiftLeft(255 - zeros));

        PayTerms.Payment payment = terms.pay(BigInteger.ZERO, Target.EASIEST, hash);

        assertThat(payment.amount().toString()).isEqualTo(amount);
        assertThat(payment.carry()).isZero();
    }

    @Test
    void shouldCarryTheFeesFractionWhenLeadingZerosCount() {
        PayTerms terms = new PayTerms(new PayPolicy.LeadingZeros(256), 250_000, LAPSES);
        BigInteger carry = BigInteger.ZERO;
        BigInteger paid = BigInteger.ZERO;
        for (int share = 0; share < 4; share++) {
            PayTerms.Payment payment = terms.pay(carry, Target.EASIEST, U256.ZERO);
            carry = payment.carry();
            paid = paid.add(payment.amount().toBigInteger());
        }
        assertThat(paid).isEqualTo(3);
        assertThat(carry).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAUnitOnEveryNetwork(Network network) {
        PayConfig config = new PayConfig(PayConfig.Policy.WORK, Optional.empty(), 32, 0, LAPSES);

        assertThat(config.terms(network).policy().perUnit().bitLength()).isBetween(11, 33);
    }
}
