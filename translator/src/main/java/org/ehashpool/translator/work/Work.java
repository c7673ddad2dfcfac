package org.ehashpool.translator.work;

import java.util.List;
import java.util.OptionalInt;
import org.ehashpool.mining.coinbase.BlockHeight;
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
    /** Where the script of the only input begins: behind version, count, outpoint and its own length. */
    private static final int SCRIPT = 4 + 1 + 36 + 1;

    public Work {
        merklePath = List.copyOf(merklePath);
    }

    /** Of the block that it is for, by BIP 34; empty where the coinbase does not begin with it. */
    public OptionalInt height() {
        return coinbase1.length() <= SCRIPT
                ? OptionalInt.empty()
                : BlockHeight.read(coinbase1.slice(SCRIPT, coinbase1.length() - SCRIPT));
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
