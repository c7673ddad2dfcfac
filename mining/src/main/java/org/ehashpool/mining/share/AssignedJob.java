package org.ehashpool.mining.share;

import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.jspecify.annotations.Nullable;

/**
 * A job that a channel works on, with everything that was fixed when the work began and stays so: "not applicable for
 * already received jobs with min_ntime=nTime, as their maximum target remains stable" (section 5.3.21). Belongs to one
 * channel.
 */
public final class AssignedJob {
    private final Job job;
    private final ChainTip tip;
    private final Target target;
    private final Bytes extranoncePrefix;
    private final int rollableSize;
    private final boolean creditable;
    /** Of a job without an extranonce to roll, once it was needed: it is the same for all shares. */
    private @Nullable U256 merkleRoot;

    /**
     * A job that is worked on from now.
     *
     * @param job the job
     * @param tip what it builds on
     * @param target what a share must meet
     * @param extranoncePrefix the channel's, when the job was sent; a standard channel's whole extranonce
     * @param rollableSize bytes of extranonce that the channel adds, 0 on a standard channel
     */
    public AssignedJob(Job job, ChainTip tip, Target target, Bytes extranoncePrefix, int rollableSize) {
        this(job, tip, target, extranoncePrefix, rollableSize, true);
    }

    /**
     * A job that is worked on from now.
     *
     * @param job the job
     * @param tip what it builds on
     * @param target what a share must meet
     * @param extranoncePrefix the channel's, when the job was sent; a standard channel's whole extranonce
     * @param rollableSize bytes of extranonce that the channel adds, 0 on a standard channel
     * @param creditable whether shares may be paid for
     */
    public AssignedJob(
            Job job, ChainTip tip, Target target, Bytes extranoncePrefix, int rollableSize, boolean creditable) {
        this.job = job;
        this.tip = tip;
        this.target = target;
        this.extranoncePrefix = extranoncePrefix;
        this.rollableSize = rollableSize;
        this.creditable = creditable;
    }

    /** The job. */
    public Job job() {
        return job;
    }

    /** What it builds on. */
    public ChainTip tip() {
        return tip;
    }

    /** What a share must meet. */
    public Target target() {
        return target;
    }

    /** The channel's, when the job was sent; a standard channel's whole extranonce. */
    public Bytes extranoncePrefix() {
        return extranoncePrefix;
    }

    /** Bytes of extranonce that the channel adds, 0 on a standard channel. */
    public int rollableSize() {
        return rollableSize;
    }

    /** Whether shares may be paid for. False on a solo miner's channel: its blocks pay the miner, not the pool. */
    public boolean creditable() {
        return creditable;
    }

    @Nullable
    U256 fixedMerkleRoot() {
        return merkleRoot;
    }

    void fixMerkleRoot(U256 root) {
        merkleRoot = root;
    }
}
