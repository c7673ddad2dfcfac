package org.ehashpool.mining.server;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJob;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.type.U32;

/** One change of jobs on its way to the channels of one connection. */
final class JobBroadcast {
    private final JobUpdate update;
    private final boolean grouped;
    private final DoubleSha256 hasher;
    private final Set<Long> told = new HashSet<>(2);

    /**
     * A change that nobody was told yet.
     *
     * @param grouped whether channels are told by group
     */
    JobBroadcast(JobUpdate update, boolean grouped, DoubleSha256 hasher) {
        this.update = update;
        this.grouped = grouped;
        this.hasher = hasher;
    }

    /** Tells a channel, unless its group was told, and notes the change in it. */
    void to(ServerChannel channel, List<ServerEffect> effects) {
        switch (update) {
            case JobUpdate.FutureJob future -> {
                sendJob(channel, future.job(), OptionalLong.empty(), effects);
                channel.await(future.job().form(channel.sizeIndex));
            }
            case JobUpdate.ActiveJob active -> {
                sendJob(channel, active.job(), active.job().minimumTime(), effects);
                channel.begin(active.job().form(channel.sizeIndex), active.tip());
            }
            case JobUpdate.NewTip tip -> activate(channel, tip, effects);
        }
    }

    private void activate(ServerChannel channel, JobUpdate.NewTip change, List<ServerEffect> effects) {
        ChainTip tip = change.tip();
        long jobId = change.job().id();
        if (channel.activate(jobId, tip, change.previousHashChanged())) {
            if (!grouped) {
                effects.add(new ServerEffect.Send(JobUpdate.NewTip.message(channel.id, jobId, tip)));
            } else if (told.add(channel.groupId())) {
                effects.add(new ServerEffect.Send(
                        isUsualGroup(channel)
                                ? change.groupMessages().get(channel.sizeIndex)
                                : JobUpdate.NewTip.message(channel.groupId(), jobId, tip)));
            }
            return;
        }
        // "The server MUST NOT send this message referencing a job_id that was not previously sent as a future job".
        Job.Extended job = change.job().form(channel.sizeIndex);
        effects.add(new ServerEffect.Send(channel.message(job, OptionalLong.empty(), hasher)));
        effects.add(new ServerEffect.Send(JobUpdate.NewTip.message(channel.id, jobId, tip)));
        channel.begin(job, tip);
    }

    private void sendJob(ServerChannel channel, TemplateJob job, OptionalLong minimumTime, List<ServerEffect> effects) {
        if (!grouped) {
            effects.add(new ServerEffect.Send(channel.message(job.form(channel.sizeIndex), minimumTime, hasher)));
        } else if (told.add(channel.groupId())) {
            effects.add(new ServerEffect.Send(groupMessage(channel, job, minimumTime)));
        }
    }

    private static Mining.FromServer groupMessage(ServerChannel channel, TemplateJob job, OptionalLong minimumTime) {
        return isUsualGroup(channel)
                ? job.groupMessage(channel.sizeIndex)
                : job.form(channel.sizeIndex).message(channel.groupId(), minimumTime);
    }

    private static boolean isUsualGroup(ServerChannel channel) {
        @U32 long usual = TemplateJob.groupChannelId(channel.sizeIndex);
        return channel.groupId() == usual;
    }
}
