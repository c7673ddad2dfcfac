package org.ehashpool.translator.sv1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.ehashpool.mining.difficulty.Target;

/**
 * A target as the number of mining.set_difficulty, such that what a miner makes of the number is never easier than the
 * target, and as near as can be.
 *
 * <p>Miners do not agree on what difficulty 1 is: cgminer, minerd, ESP-Miner and most firmware have 0xffff·2^208, but
 * cpuminer-opt has 2^224, and so has bfgminer for whole numbers. So the number is 2^224 divided by the target. That is
 * 1/65535 more than the usual difficulty: what most miners leave unsubmitted is 0.0015 % of their shares, where otherwise
 * some would have as many refused.
 *
 * <p>From 65536 on the number is whole, since some firmware reads nothing else: at most another 0.0015 %. Smaller ones have
 * thirteen digits and never an exponent; who cuts them to a whole number has the usual difficulty where that is whole.
 */
final class PrintedDifficulty {
    /** From here on numbers are whole. */
    static final BigDecimal WHOLE_FROM = BigDecimal.valueOf(65_536);

    private static final int LOW_BITS = 128;
    private static final BigDecimal LARGEST_DIFFICULTY_ONE = new BigDecimal(BigInteger.ONE.shiftLeft(224));
    /** More than the rounding of doubles in the miner's arithmetic. */
    private static final BigDecimal MARGIN = new BigDecimal("1.000000000001");

    private static final MathContext DIGITS = new MathContext(13, RoundingMode.CEILING);

    private PrintedDifficulty() {}

    static String of(Target target) {
        BigInteger number = target.value().toBigInteger().max(BigInteger.ONE);
        // cpuminer-opt sets the low half of its target to ones: the high half has to make up for it.
        BigInteger high = number.add(BigInteger.ONE).shiftRight(LOW_BITS).shiftLeft(LOW_BITS);
        BigDecimal exact = LARGEST_DIFFICULTY_ONE
                .divide(new BigDecimal(high.signum() == 0 ? number : high), MathContext.DECIMAL128)
                .multiply(MARGIN, DIGITS);
        return exact.compareTo(WHOLE_FROM) >= 0
                ? exact.setScale(0, RoundingMode.CEILING).toPlainString()
                : exact.stripTrailingZeros().toPlainString();
    }
}
