package org.ehashpool.mining.difficulty;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;

/**
 * The largest hash that counts: a hash meets a target if it is, as a number, at most the target. Greater targets are
 * easier. Work and difficulty are computed once, so that they cost nothing per share.
 */
public final class Target implements Comparable<Target> {
    private static final BigInteger TWO_TO_256 = BigInteger.ONE.shiftLeft(256);
    private static final BigInteger DIFFICULTY_ONE_VALUE =
            BigInteger.valueOf(0xffff).shiftLeft(208);
    private static final BigInteger UNSIGNED_LONG_MAX =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** 2^256 − 1: every hash meets it. */
    public static final Target EASIEST = new Target(U256.MAX_VALUE);

    /** The target of difficulty 1: compact bits {@code 1d00ffff}. */
    public static final Target DIFFICULTY_ONE = new Target(U256.of(DIFFICULTY_ONE_VALUE));

    private final U256 value;
    private final BigInteger work;
    private final double expectedHashes;
    private final double difficulty;
    private final long wholeDifficulty;
    private final long fractionalDifficulty;

    private Target(U256 value) {
        this.value = value;
        BigInteger number = value.toBigInteger();
        work = TWO_TO_256.divide(number.add(BigInteger.ONE));
        expectedHashes = work.doubleValue();
        if (number.signum() == 0) {
            difficulty = Double.POSITIVE_INFINITY;
            wholeDifficulty = -1;
            fractionalDifficulty = 0;
        } else {
            difficulty = DIFFICULTY_ONE_VALUE.doubleValue() / number.doubleValue();
            BigInteger scaled = DIFFICULTY_ONE_VALUE.shiftLeft(32).divide(number);
            BigInteger whole = scaled.shiftRight(32);
            boolean saturated = whole.compareTo(UNSIGNED_LONG_MAX) > 0;
            wholeDifficulty = saturated ? -1 : whole.longValue();
            fractionalDifficulty = saturated ? 0 : scaled.longValue() & 0xffff_ffffL;
        }
    }

    /** The target of this value. */
    public static Target of(U256 value) {
        return new Target(value);
    }

    /** The target of compact bits; empty where {@link CompactBits#decode} is. */
    public static Optional<Target> ofCompactBits(@U32 long bits) {
        return CompactBits.decode(bits).map(Target::new);
    }

    /**
     * The target that a miner meets once in so many hashes on average: 2^256 / hashes − 1, at least 0 and at most {@link
     * #EASIEST}.
     *
     * @throws IllegalArgumentException if the number is not positive and finite
     */
    public static Target ofExpectedHashes(double hashes) {
        requirePositive(hashes, "hashes");
        if (hashes <= 1) {
            return EASIEST;
        }
        BigInteger outcomes = new BigDecimal(TWO_TO_256)
                .divide(new BigDecimal(hashes), 0, RoundingMode.DOWN)
                .toBigInteger();
        return new Target(U256.of(outcomes.subtract(BigInteger.ONE).max(BigInteger.ZERO)));
    }

    /**
     * The target that a miner of this hash rate meets so many times a minute on average.
     *
     * @param hashRate hashes per second
     * @throws IllegalArgumentException if either is not positive and finite
     */
    public static Target ofHashRate(double hashRate, double sharesPerMinute) {
        requirePositive(hashRate, "hash rate");
        requirePositive(sharesPerMinute, "shares per minute");
        double hashes = hashRate * 60 / sharesPerMinute;
        // A rate so low that the product vanishes wants the easiest target, and one beyond a double's range the
        // hardest.
        return ofExpectedHashes(Math.clamp(hashes, 1, Double.MAX_VALUE));
    }

    /**
     * The target of a difficulty: {@link #DIFFICULTY_ONE} divided by it, at most {@link #EASIEST}.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public static Target ofDifficulty(double difficulty) {
        requirePositive(difficulty, "difficulty");
        BigInteger quotient = new BigDecimal(DIFFICULTY_ONE_VALUE)
                .divide(new BigDecimal(difficulty), 0, RoundingMode.DOWN)
                .toBigInteger();
        return quotient.bitLength() > 256 ? EASIEST : new Target(U256.of(quotient));
    }

    private static void requirePositive(double number, String name) {
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(name + " not positive and finite: " + number);
        }
    }

    /** The number itself. */
    public U256 value() {
        return value;
    }

    /** Whether a hash counts. */
    public boolean isMetBy(U256 hash) {
        return hash.compareTo(value) <= 0;
    }

    /** The expected number of hashes until one counts, 2^256 / (T + 1) rounded down: exact, at least 1. */
    public BigInteger work() {
        return work;
    }

    /** As {@link #work}, rounded to a double. */
    public double expectedHashes() {
        return expectedHashes;
    }

    /** For display: difficulty 1 divided by this target, infinite for target 0. */
    public double difficulty() {
        return difficulty;
    }

    /** The integer part of the difficulty, saturating at 2^64 − 1. */
    public @U64 long wholeDifficulty() {
        return wholeDifficulty;
    }

    /** The difficulty's fraction in units of 2^−32, rounded down. */
    public @U32 long fractionalDifficulty() {
        return fractionalDifficulty;
    }

    /** The difficulty as an exact ratio. */
    public Ratio exactDifficulty() {
        return new Ratio(DIFFICULTY_ONE_VALUE, value.toBigInteger());
    }

    /** The hashes per second of a miner that meets this target so many times a minute. */
    public double hashRate(double sharesPerMinute) {
        return expectedHashes * sharesPerMinute / 60;
    }

    /** This target as compact bits, cut off to their precision. */
    public @U32 long compactBits() {
        return CompactBits.encode(value);
    }

    /** The number of zero bits before the first one: 0 to 256. */
    public int leadingZeroBits() {
        return 256 - value.bitLength();
    }

    /** The number of zero bits before a hash's first one: 0 to 256. */
    public static int leadingZeroBits(U256 hash) {
        return 256 - hash.bitLength();
    }

    /** The harder of both. */
    public Target harder(Target other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The easier of both. */
    public Target easier(Target other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Orders from the hardest to the easiest. */
    @Override
    public int compareTo(Target other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The number in hexadecimal, most significant digit first. */
    @Override
    public String toString() {
        return value.toHex();
    }

    /**
     * An exact, unreduced fraction.
     *
     * @param denominator 0 only for the difficulty of target 0
     */
    public record Ratio(BigInteger numerator, BigInteger denominator) {}
}
