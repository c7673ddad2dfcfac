package org.ehashpool.mining.server;

import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.share.ShareValidator;

/**
 * What the connections of one event loop share.
 *
 * @param extranonces of this loop alone; the loop tells it of a new previous hash after all its connections
 * @param numbers of the whole server
 * @param validator of this loop alone
 * @param hasher of this loop alone
 * @param customJobs decides on miners' own jobs
 * @param soloJobs of this loop alone
 */
public record LoopResources(
        ExtranonceAllocator extranonces,
        JobNumbers numbers,
        ShareValidator validator,
        DoubleSha256 hasher,
        CustomJobs customJobs,
        SoloJobs soloJobs) {

    /** With no solo miner's job made yet. */
    public LoopResources(
            ExtranonceAllocator extranonces,
            JobNumbers numbers,
            ShareValidator validator,
            DoubleSha256 hasher,
            CustomJobs customJobs) {
        this(extranonces, numbers, validator, hasher, customJobs, new SoloJobs());
    }
}
