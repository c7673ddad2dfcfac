package org.ehashpool.pool.pay;

import java.math.BigInteger;
import java.time.Duration;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.U256;

/**
 * What shares are paid. The pool's fee comes off before anything is rounded, and what is left over is carried, so that
 * neither is lost however small the shares are.
 *
 * @param policy measures shares
 * @param feePerMillion what the pool keeps, in millionths, 0 to 1,000,000
 * @param carryLapses how long nothing may be added to a carry before it is no longer owed
 */
public record PayTerms(PayPolicy policy, int feePerMillion, Duration carryLapses) {
    /** The unit of what is paid. */
    public static final String UNIT = "hash";

    /** Carries count in this part of a policy's measure: exact for every fee. */
    public static final int CARRY_SCALE = 1_000_000;

    private static final BigInteger SCALE = BigInteger.valueOf(CARRY_SCALE);

    /**
     * Terms.
     *
     * @throws IllegalArgumentException if the fee is out of range
     */
    public PayTerms {
        if (feePerMillion < 0 || feePerMillion > CARRY_SCALE) {
            throw new IllegalArgumentException("a fee of 0 to 1000000 millionths, not " + feePerMillion);
        }
    }

    /**
     * What is paid for a share.
     *
     * @param amount whole units, zero if it is not enough for one
     * @param carry what is left over, in millionths of the policy's measure
     */
    public record Payment(Amount amount, BigInteger carry) {}

    /**
     * The payment for a share: ⌊(carry + worth) / unit⌋. What does not fit into an amount is carried as well.
     *
     * @param carry what was left over before, in millionths of the policy's measure
     */
    public Payment pay(BigInteger carry, Target target, U256 hash) {
        BigInteger unit = policy.perUnit().multiply(SCALE);
        BigInteger miners = BigInteger.valueOf(CARRY_SCALE - feePerMillion);
        BigInteger owed = carry.add(policy.worth(target, hash).multiply(miners));
        BigInteger[] parts = owed.divideAndRemainder(unit);
        if (parts[0].bitLength() <= Amount.BITS) {
            return new Payment(Amount.of(parts[0]), parts[1]);
        }
        Amount most = Amount.MAXIMUM;
        return new Payment(most, owed.subtract(most.toBigInteger().multiply(unit)));
    }
}
