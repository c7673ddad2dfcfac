package org.ehashpool.templateprovider.template;

import java.time.Instant;
import java.util.OptionalLong;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.kit.bitcoin.HeaderInfo;
import org.ehashpool.mining.difficulty.CompactBits;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;

/**
 * The block that is built on.
 *
 * @param previousHash its hash
 * @param height of the block that will follow it
 * @param bits that this block's header must have
 * @param time where its header time starts, seconds since 1970
 * @param subsidy satoshis that it may create; empty where only the tip's header is known
 */
public record Tip(
        U256 previousHash, int height, @U32 long bits, @U32 long time, OptionalLong subsidy) {

    /** As a template of the node says. */
    public static Tip of(BlockTemplate template) {
        return new Tip(
                template.previousHash(),
                template.height(),
                template.bits(),
                Math.max(template.currentTime(), template.minimumTime()),
                OptionalLong.of(template.subsidy()));
    }

    /** As the tip's header says, where the bits do not change with the next block. */
    public static Tip of(HeaderInfo header, Instant now) {
        return new Tip(
                header.hash(),
                header.height() + 1,
                header.bits(),
                Math.max(header.medianTime() + 1, now.getEpochSecond()),
                OptionalLong.empty());
    }

    /** As it is sent. */
    public SetNewPrevHash message(@U64 long templateId) {
        return new SetNewPrevHash(templateId, previousHash, time, bits, target());
    }

    /** The highest hash of a block; zero where the bits are no target. */
    public U256 target() {
        return CompactBits.decode(bits).orElse(U256.ZERO);
    }
}
