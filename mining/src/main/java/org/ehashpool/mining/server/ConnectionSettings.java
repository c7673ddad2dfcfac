package org.ehashpool.mining.server;

import org.ehashpool.mining.job.JobBook;
import org.ehashpool.mining.share.SeenShares;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.type.U32;

/**
 * What holds for all channels of a connection.
 *
 * @param requiresStandardJobs flag of SetupConnection: no groups, no extended channels
 * @param requiresWorkSelection flag of SetupConnection: no jobs but the client's own
 * @param limits bounds
 */
public record ConnectionSettings(boolean requiresStandardJobs, boolean requiresWorkSelection, Limits limits) {
    /**
     * Bounds of what a client can make us remember.
     *
     * @param channels open at one time
     * @param jobs that stay valid on a channel under one previous hash
     * @param shares counted on a channel under one previous hash
     * @param pendingShares of a channel that are not recorded yet
     */
    public record Limits(int channels, int jobs, int shares, int pendingShares) {
        /** For ordinary miners and proxies. */
        public static final Limits DEFAULT =
                new Limits(4096, JobBook.DEFAULT_RETENTION, SeenShares.DEFAULT_LIMIT, 1 << 16);
    }

    /** As a client asked for in {@code SetupConnection.flags}. */
    public static ConnectionSettings of(@U32 long flags, Limits limits) {
        return new ConnectionSettings(
                (flags & Mining.REQUIRES_STANDARD_JOBS) != 0, (flags & Mining.REQUIRES_WORK_SELECTION) != 0, limits);
    }
}
