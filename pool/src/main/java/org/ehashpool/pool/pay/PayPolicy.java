package org.ehashpool.pool.pay;

import java.math.BigInteger;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.U256;

/** How the worth of a share is measured. */
public sealed interface PayPolicy {
    /** Its name in configuration and database: what carries of one policy measure, another's do not. */
    String name();

    /**
     * What a share is worth, in the policy's own measure.
     *
     * @param target pinned to the share's job
     * @param hash of the share, which meets the target
     */
    BigInteger worth(Target target, U256 hash);

    /** How much of the measure is one unit of ecash: at least 1. */
    BigInteger perUnit();

    /**
     * Shares are worth the work that they prove on average, 2^256 / (target + 1): never what the hash happened to be, so
     * that there is nothing to win by withholding or choosing shares.
     *
     * @param unitWork expected hashes for one unit
     */
    record Work(BigInteger unitWork) implements PayPolicy {
        /** Its name. */
        public static final String NAME = "work";

        /**
         * A policy.
         *
         * @throws IllegalArgumentException if a unit is for nothing
         */
        public Work {
            if (unitWork.signum() <= 0) {
                throw new IllegalArgumentException("a unit of at least one hash, not " + unitWork);
            }
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public BigInteger worth(Target target, U256 hash) {
            return target.work();
        }

        @Override
        public BigInteger perUnit() {
            return unitWork;
        }
    }

    /**
     * Shares are worth 2^(leading zero bits of the hash − minimum), at most 2^63, and nothing below the minimum. What each
     * bit more pays is as likely as it is rare: a miner's income varies without bound.
     *
     * @param minimum leading zero bits of a share that is worth one unit, 0 to 256
     */
    record LeadingZeros(int minimum) implements PayPolicy {
        /** Its name. */
        public static final String NAME = "leading-zeros";

        private static final int LARGEST = 63;

        /**
         * A policy.
         *
         * @throws IllegalArgumentException if the minimum is out of range
         */
        public LeadingZeros {
            if (minimum < 0 || minimum > 256) {
                throw new IllegalArgumentException("a minimum of 0 to 256 bits, not " + minimum);
            }
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public BigInteger worth(Target target, U256 hash) {
            int more = Target.leadingZeroBits(hash) - minimum;
            return more < 0 ? BigInteger.ZERO : BigInteger.ONE.shiftLeft(Math.min(more, LARGEST));
        }

        @Override
        public BigInteger perUnit() {
            return BigInteger.ONE;
        }
    }
}
