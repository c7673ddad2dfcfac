package org.ehashpool.mining.job;

import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * What all jobs on one block have in common.
 *
 * @param previousHash that block's hash
 * @param bits the network's target in compact form
 * @param minimumTime the smallest header time allowed, seconds since 1970
 * @param networkTarget a hash that meets it is a block
 */
public record ChainTip(
        U256 previousHash, @U32 long bits, @U32 long minimumTime, Target networkTarget) {

    /**
     * As a template provider announced it; empty if the bits are no target. A block is what meets the bits: the message's
     * own target may only be lower (section 7.3), and then a solution too many does no harm, while a provider that names
     * a higher one would have every share submitted to it.
     */
    public static Optional<ChainTip> of(TemplateDistribution.SetNewPrevHash message) {
        return Target.ofCompactBits(message.nBits())
                .map(target -> new ChainTip(message.prevHash(), message.nBits(), message.headerTimestamp(), target));
    }

    /** As an upstream server announced it; empty if the bits are no target. */
    public static Optional<ChainTip> of(Mining.SetNewPrevHash message) {
        return Target.ofCompactBits(message.nbits())
                .map(target -> new ChainTip(message.prevHash(), message.nbits(), message.minNtime(), target));
    }
}
