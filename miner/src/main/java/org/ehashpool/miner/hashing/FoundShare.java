package org.ehashpool.miner.hashing;

import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * A header whose hash meets the share target, the network target, or both.
 *
 * @param work what was worked on
 * @param nonce the header's nonce
 * @param time the header's time
 * @param version the header's version
 * @param extranonce what follows the channel's prefix; empty where there is nothing to choose
 * @param hash the header's hash
 * @param block whether it meets the network target
 */
public record FoundShare(
        Work work, @U32 long nonce, @U32 long time, @U32 long version, Bytes extranonce, U256 hash, boolean block) {

    /** The channel. */
    public @U32 long channelId() {
        return work.channelId();
    }

    /** The job. */
    public AssignedJob job() {
        return work.job();
    }
}
