package org.ehashpool.mining.difficulty;

import java.math.BigInteger;
import java.util.Optional;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/** The 32-bit floating form of a target in block headers ("nBits"): 8 bits of length, a sign, 23 bits of mantissa. */
public final class CompactBits {
    private static final int MANTISSA = 0x007f_ffff;
    private static final int SIGN = 0x0080_0000;

    private CompactBits() {}

    /**
     * The target that compact bits stand for, by Bitcoin Core's rules: empty if it is negative, zero, or longer than 256
     * bits. Whether it lies within a network's proof-of-work limit is not looked at.
     */
    public static Optional<U256> decode(@U32 long bits) {
        int size = (int) (bits >>> 24) & 0xff;
        int mantissa = (int) bits & MANTISSA;
        if (size <= 3) {
            mantissa >>>= 8 * (3 - size);
        }
        boolean negative = (bits & SIGN) != 0;
        boolean overflow = size > 34 || (mantissa > 0xff && size > 33) || (mantissa > 0xffff && size > 32);
        if (mantissa == 0 || negative || overflow) {
            return Optional.empty();
        }
        BigInteger value = BigInteger.valueOf(mantissa);
        return Optional.of(U256.of(size <= 3 ? value : value.shiftLeft(8 * (size - 3))));
    }

    /** The compact bits of a target; digits beyond the mantissa's precision are cut off, as Bitcoin Core does. */
    public static @U32 long encode(U256 target) {
        int size = (target.bitLength() + 7) / 8;
        BigInteger value = target.toBigInteger();
        long mantissa = size <= 3
                ? value.longValue() << (8 * (3 - size))
                : value.shiftRight(8 * (size - 3)).longValue();
        if ((mantissa & SIGN) != 0) {
            mantissa >>>= 8;
            size++;
        }
        return mantissa | (long) size << 24;
    }
}
