package org.ehashpool.mining.client;

import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobBook;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;
import org.jspecify.annotations.Nullable;

/** One channel, as the server describes it. */
final class ClientChannel {
    final @U32 long id;
    final boolean standard;
    final int extranonceSize;

    private final JobBook<Waiting, AssignedJob> jobs = new JobBook<>(JobBook.DEFAULT_RETENTION);
    private @U32 long groupId;
    private Target target;
    private Bytes extranoncePrefix;
    private @Nullable ChainTip tip;
    private long submitted;

    private record Waiting(Job job, Bytes extranoncePrefix) {}

    ClientChannel(
            @U32 long id,
            boolean standard,
            @U32 long groupId,
            Target target,
            Bytes extranoncePrefix,
            int extranonceSize) {
        this.id = id;
        this.standard = standard;
        this.groupId = groupId;
        this.target = target;
        this.extranoncePrefix = extranoncePrefix;
        this.extranonceSize = extranonceSize;
    }

    ClientChannelStatus status() {
        return new ClientChannelStatus(id, standard, groupId, target, extranoncePrefix, extranonceSize, submitted);
    }

    @U32
    long groupId() {
        return groupId;
    }

    void moveTo(@U32 long group) {
        groupId = group;
    }

    int fullSize() {
        return extranoncePrefix.length() + extranonceSize;
    }

    Optional<ChainTip> tip() {
        return Optional.ofNullable(tip);
    }

    /** A job, for later if it has no smallest time. */
    ClientEffect receive(Job job, OptionalLong minimumTime, Mining.FromServer message) {
        if (minimumTime.isEmpty()) {
            jobs.addFuture(job.id(), new Waiting(job, extranoncePrefix));
            return new ClientEffect.FutureJob(id, job);
        }
        if (tip == null) {
            return new ClientEffect.Violation(message, "job to begin at once, but no previous hash yet");
        }
        ChainTip own = new ChainTip(tip.previousHash(), tip.bits(), minimumTime.getAsLong(), tip.networkTarget());
        return new ClientEffect.WorkChanged(id, begin(job, own, extranoncePrefix), false);
    }

    AssignedJob begin(Job job, ChainTip on) {
        return begin(job, on, extranoncePrefix);
    }

    private AssignedJob begin(Job job, ChainTip on, Bytes prefix) {
        AssignedJob work = new AssignedJob(job, on, target, prefix, extranonceSize);
        jobs.addActive(job.id(), work);
        return work;
    }

    /** "Only the job referenced by Job ID is valid. The remaining jobs … have to be made invalid" (section 5.3.17). */
    ClientEffect activate(@U32 long jobId, ChainTip next) {
        Optional<Waiting> waiting = jobs.future(jobId);
        tip = next;
        jobs.dropActive();
        jobs.dropFutures();
        return waiting.<ClientEffect>map(future ->
                        new ClientEffect.WorkChanged(id, begin(future.job(), next, future.extranoncePrefix()), true))
                .orElseGet(() -> new ClientEffect.WorkLost(id));
    }

    ClientEffect retarget(Target next) {
        target = next;
        return new ClientEffect.TargetChanged(id, next);
    }

    ClientEffect changePrefix(Bytes next, Mining.FromServer message) {
        // Another length would break the length of the coinbase script that a group shares.
        if (next.length() != extranoncePrefix.length()) {
            return new ClientEffect.Violation(message, "extranonce prefix of another length");
        }
        extranoncePrefix = next;
        return new ClientEffect.PrefixChanged(id, next);
    }

    Optional<AssignedJob> work(@U32 long jobId) {
        return jobs.find(jobId) instanceof JobBook.Valid<AssignedJob>(AssignedJob job)
                ? Optional.of(job)
                : Optional.empty();
    }

    Optional<AssignedJob> latestWork() {
        return jobs.latest();
    }

    /** The message that submits a share; the sequence number starts at 0 and wraps after 2^32 − 1. */
    Mining.FromClient submit(@U32 long jobId, @U32 long nonce, @U32 long time, @U32 long version, Bytes extranonce) {
        long sequenceNumber = submitted++ & 0xffff_ffffL;
        return standard
                ? new SubmitSharesStandard(id, sequenceNumber, jobId, nonce, time, version)
                : new SubmitSharesExtended(id, sequenceNumber, jobId, nonce, time, version, extranonce);
    }
}
