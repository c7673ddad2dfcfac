package org.ehashpool.mining.share;

import org.ehashpool.sv2.type.U256;

/** Whether a share counts. */
public sealed interface ShareVerdict {
    /**
     * It does.
     *
     * @param hash the header's hash
     * @param job the job, whose target says what the share is worth
     * @param block whether it is a block, too
     */
    record Accepted(U256 hash, AssignedJob job, boolean block) implements ShareVerdict {}

    /**
     * It does not.
     *
     * @param error why
     */
    record Rejected(ShareError error) implements ShareVerdict {}

    /**
     * It does not, but it is a block and must be submitted all the same.
     *
     * @param hash the header's hash
     * @param job the job
     * @param error why it does not count
     */
    record RejectedBlock(U256 hash, AssignedJob job, ShareError error) implements ShareVerdict {}
}
