package org.ehashpool.mining.job;

import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U64;

/** Where a job came from, and so where its block goes. */
public sealed interface JobOrigin {
    /**
     * A template provider, by SubmitSolution.
     *
     * @param templateId its name for the template
     */
    record Template(@U64 long templateId) implements JobOrigin {}

    /**
     * A miner, who submits the block itself.
     *
     * @param token what the job declaration server gave it
     */
    record Custom(Bytes token) implements JobOrigin {}

    /** The server above, as a share. */
    record Upstream() implements JobOrigin {}
}
