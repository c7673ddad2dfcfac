package org.ehashpool.translator.work;

import java.util.List;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * Work for a miner, as mining.notify needs it. The coinbase transaction is {@code coinbase1 ‖ extranonce1 ‖ extranonce2 ‖
 * coinbase2}. Several miners of one channel may be handed the same instance.
 *
 * @param previousHash of the header
 * @param coinbase1 what comes before the miner's extranonce1, stripped of its witness
 * @param coinbase2 what comes after the extranonce2
 * @param merklePath from the coinbase transaction to the merkle root
 * @param version of the header
 * @param versionRollingMask bits of the version that may be changed, 0 for none
 * @param bits of the header
 * @param time the smallest the header may have, seconds
 * @param target what a share must meet
 */
public record Work(
        U256 previousHash,
        Bytes coinbase1,
        Bytes coinbase2,
        List<U256> merklePath,
        @U32 long version,
        @U32 long versionRollingMask,
        @U32 long bits,
        @U32 long time,
        Target target) {
    public Work {
        merklePath = List.copyOf(merklePath);
    }

    /** Work is a thing, not a value: two jobs may look alike. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
