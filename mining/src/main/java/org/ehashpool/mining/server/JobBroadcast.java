package org.ehashpool.mining.server;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJob;
import org.ehashpool.sv2.type.U32;

/** One change of jobs on its way to the channels of one connection. */
final class JobBroadcast {
    private final JobUpdate update;
    private final boolean grouped;
    private final LoopResources resources;
    private final Set<Long> told = new HashSet<>(2);

    /**
     * A change that nobody was told yet.
     *
     * @param grouped whether channels are told by group
     */
    JobBroadcast(JobUpdate update, boolean grouped, LoopResources resources) {
        this.update = update;
        this.grouped = grouped;
        this.resources = resources;
    }

    /** Tells a channel, unless its group was told, and notes the change in it. */
    void to(ServerChannel channel, List<ServerEffect> effects) {
        switch (update) {
            case JobUpdate.FutureJob future -> {
                Job.Extended job = form(channel, future.job());
                sendJob(channel, future.job(), job, effects);
                channel.await(job);
            }
            case JobUpdate.ActiveJob active -> {
                Job.Extended job = form(channel, active.job());
                sendJob(channel, active.job(), job, effects);
                channel.begin(job, active.tip());
            }
            case JobUpdate.NewTip tip -> activate(channel, tip, effects);
        }
    }

    private void activate(ServerChannel channel, JobUpdate.NewTip change, List<ServerEffect> effects) {
        ChainTip tip = change.tip();
        long jobId = change.job().id();
        if (channel.activate(jobId, tip, change.previousHashChanged())) {
            if (isAlone(channel)) {
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
        Job.Extended job = form(channel, change.job());
        effects.add(new ServerEffect.Send(channel.message(job, OptionalLong.empty(), resources.hasher())));
        effects.add(new ServerEffect.Send(JobUpdate.NewTip.message(channel.id, jobId, tip)));
        channel.begin(job, tip);
    }

    private Job.Extended form(ServerChannel channel, TemplateJob job) {
        return channel.form(job, resources.soloJobs());
    }

    /** A solo miner's coinbase transaction is nobody else's, so it is told by itself. */
    private boolean isAlone(ServerChannel channel) {
        return !grouped || channel.payout().isPresent();
    }

    private void sendJob(ServerChannel channel, TemplateJob job, Job.Extended form, List<ServerEffect> effects) {
        if (isAlone(channel)) {
            effects.add(new ServerEffect.Send(channel.message(form, job.minimumTime(), resources.hasher())));
        } else if (told.add(channel.groupId())) {
            effects.add(new ServerEffect.Send(
                    isUsualGroup(channel)
                            ? job.groupMessage(channel.sizeIndex)
                            : form.message(channel.groupId(), job.minimumTime())));
        }
    }

    private static boolean isUsualGroup(ServerChannel channel) {
        @U32 long usual = TemplateJob.groupChannelId(channel.sizeIndex);
        return channel.groupId() == usual;
    }
}
