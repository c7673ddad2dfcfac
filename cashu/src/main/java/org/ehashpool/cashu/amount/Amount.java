package org.ehashpool.cashu.amount;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number of a unit's smallest parts, 0 to 2^64−1. Immutable; no operation wraps around. */
public final class Amount implements Comparable<Amount> {

    public static final Amount ZERO = new Amount(0);
    public static final Amount ONE = new Amount(1);

    /** 2^64−1. */
    public static final Amount MAXIMUM = new Amount(-1);

    /** Bits, and so powers of two, of an amount. */
    public static final int BITS = Long.SIZE;

    private static final int MAXIMUM_DIGITS = MAXIMUM.toString().length();

    private final long unsigned;

    private Amount(long unsigned) {
        this.unsigned = unsigned;
    }

    /** An amount of 64 bits, <em>unsigned</em>: −1 is 2^64−1. */
    public static Amount of(long unsigned) {
        return unsigned == 0 ? ZERO : new Amount(unsigned);
    }

    /**
     * An amount of that value.
     *
     * @throws IllegalArgumentException if it is negative or takes more than 64 bits
     */
    public static Amount of(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > BITS) {
            throw new IllegalArgumentException("an amount is 0 to 2^64-1");
        }
        return of(value.longValue());
    }

    /**
     * The power of two with that exponent: what a keyset has keys for.
     *
     * @throws IllegalArgumentException if it is not 0 to 63
     */
    public static Amount powerOfTwo(int exponent) {
        if (exponent < 0 || exponent >= BITS) {
            throw new IllegalArgumentException("an amount's powers of two are 2^0 to 2^63, not 2^" + exponent);
        }
        return new Amount(1L << exponent);
    }

    /**
     * Reads decimal digits without sign, blank or leading zero.
     *
     * @throws IllegalArgumentException if it is anything else, or above 2^64−1
     */
    public static Amount parse(String digits) {
        boolean canonical = !digits.isEmpty()
                && digits.length() <= MAXIMUM_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        if (!canonical) {
            throw new IllegalArgumentException("an amount is 1 to " + MAXIMUM_DIGITS + " decimal digits");
        }
        return of(new BigInteger(digits));
    }

    /** The sum; empty when it is above 2^64−1. */
    public static Optional<Amount> sum(Collection<Amount> amounts) {
        long sum = 0;
        for (Amount amount : amounts) {
            long next = sum + amount.unsigned;
            if (Long.compareUnsigned(next, sum) < 0) {
                return Optional.empty();
            }
            sum = next;
        }
        return Optional.of(of(sum));
    }

    /**
     * The sum of both.
     *
     * @throws ArithmeticException if it is above 2^64−1
     */
    public Amount plus(Amount other) {
        long sum = unsigned + other.unsigned;
        if (Long.compareUnsigned(sum, unsigned) < 0) {
            throw new ArithmeticException(this + " + " + other + " is above 2^64-1");
        }
        return of(sum);
    }

    /**
     * The difference.
     *
     * @throws ArithmeticException if {@code other} is more
     */
    public Amount minus(Amount other) {
        if (other.compareTo(this) > 0) {
            throw new ArithmeticException(this + " - " + other + " is below 0");
        }
        return of(unsigned - other.unsigned);
    }

    /** The powers of two that sum up to it, each once, the smallest first; none of zero. */
    public List<Amount> split() {
        List<Amount> powers = new ArrayList<>(Long.bitCount(unsigned));
        for (long rest = unsigned; rest != 0; rest &= rest - 1) {
            powers.add(new Amount(Long.lowestOneBit(rest)));
        }
        return powers;
    }

    public boolean isZero() {
        return unsigned == 0;
    }

    public boolean isPowerOfTwo() {
        return Long.bitCount(unsigned) == 1;
    }

    /** The 64 bits, <em>unsigned</em>: of 2^63 and above it is negative. */
    public long toLong() {
        return unsigned;
    }

    public BigInteger toBigInteger() {
        BigInteger value = BigInteger.valueOf(unsigned);
        return unsigned < 0 ? value.add(BigInteger.ONE.shiftLeft(BITS)) : value;
    }

    @Override
    public int compareTo(Amount other) {
        return Long.compareUnsigned(unsigned, other.unsigned);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Amount that && unsigned == that.unsigned;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(unsigned);
    }

    /** In decimal digits. */
    @Override
    public String toString() {
        return Long.toUnsignedString(unsigned);
    }
}
