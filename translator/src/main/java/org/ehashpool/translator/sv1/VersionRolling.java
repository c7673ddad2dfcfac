package org.ehashpool.translator.sv1;

import java.util.HexFormat;
import java.util.Optional;
import org.ehashpool.mining.job.Job;
import org.ehashpool.sv2.type.U32;

/**
 * What a connection agreed on version rolling, BIP 310.
 *
 * @param wanted the bits that the miner can roll and BIP 323 sets free; 0: it rolls none
 */
record VersionRolling(@U32 long wanted) {
    static final VersionRolling NONE = new VersionRolling(0);

    /**
     * BIP 310: "version-rolling.mask … bits set to 1 can be changed by the miner"; without it, all bits may be.
     *
     * @param mask as the miner wrote it
     * @param minimumBits fewer are of no use to the miner
     * @return empty: no rolling, the mask is none or leaves too few bits
     */
    static Optional<VersionRolling> of(Optional<String> mask, int minimumBits) {
        Optional<Long> asked = mask.isEmpty() ? Optional.of(0xffff_ffffL) : HexNumber.read(mask.get());
        return asked.map(bits -> bits & Job.VERSION_ROLLING_MASK)
                .filter(bits -> bits != 0 && Long.bitCount(bits) >= minimumBits)
                .map(VersionRolling::new);
    }

    /** The bits that may be rolled in work that sets these free. */
    @U32
    long within(@U32 long mask) {
        return wanted & mask;
    }

    static String hex(@U32 long mask) {
        return HexFormat.of().toHexDigits((int) mask);
    }
}
