package org.ehashpool.mining.job;

import java.util.List;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;

/** What changed for everybody who mines on templates. Immutable, one instance for all connections. */
public sealed interface JobUpdate {
    /** What holds after it. */
    JobSnapshot snapshot();

    /**
     * A job for the block after the next.
     *
     * @param job it
     * @param snapshot what holds now
     */
    record FutureJob(TemplateJob job, JobSnapshot snapshot) implements JobUpdate {}

    /**
     * A job to be worked on at once.
     *
     * @param job it
     * @param tip what it builds on
     * @param snapshot what holds now
     */
    record ActiveJob(TemplateJob job, ChainTip tip, JobSnapshot snapshot) implements JobUpdate {}

    /**
     * A future job becomes the active one.
     *
     * @param job it
     * @param tip what it builds on
     * @param previousHashChanged whether the jobs before are stale; not so if only the template provider changed
     * @param groupMessages the message to the group for each size of extranonce, always the same objects
     * @param snapshot what holds now
     */
    record NewTip(
            TemplateJob job,
            ChainTip tip,
            boolean previousHashChanged,
            List<SetNewPrevHash> groupMessages,
            JobSnapshot snapshot)
            implements JobUpdate {
        /** With the list as it is now. */
        public NewTip {
            groupMessages = List.copyOf(groupMessages);
        }

        /** The message for one channel. */
        public static SetNewPrevHash message(long channelId, long jobId, ChainTip tip) {
            return new SetNewPrevHash(channelId, jobId, tip.previousHash(), tip.minimumTime(), tip.bits());
        }
    }
}
