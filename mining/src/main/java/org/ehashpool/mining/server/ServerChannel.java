package org.ehashpool.mining.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranoncePrefix;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobBook;
import org.ehashpool.mining.job.TemplateJob;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.PendingShares;
import org.ehashpool.mining.share.SeenShares;
import org.ehashpool.mining.vardiff.Vardiff;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/** One channel: its target, its jobs, its shares. */
final class ServerChannel {
    /** Milliseconds between two changes of the target that the server makes by itself. */
    private static final long CALM = 1_000;
    /** A new target is worth a message if it differs by this factor. */
    private static final double NOTEWORTHY = 1.1;

    private static final Target HARDEST = Target.of(U256.ZERO);

    final @U32 long id;
    final boolean standard;
    final Text userIdentity;
    final int sizeIndex;
    final int rollableSize;
    final JobBook<Waiting, AssignedJob> jobs;
    final SeenShares seen;
    final PendingShares pending;

    private final int fullSize;
    private final ChannelTerms terms;
    private @U32 long groupId;
    private ExtranoncePrefix prefix;
    private Bytes extranoncePrefix;
    private final List<ExtranoncePrefix> replaced = new ArrayList<>(0);
    private final List<ExtranoncePrefix> lingering = new ArrayList<>(0);
    private Target clientMaximum;
    private float nominalHashRate;
    private Vardiff vardiff;
    private Target target;
    private long targetChangedAt;

    /** A future job, with the prefix that held when it was sent. */
    record Waiting(Job.Extended job, Bytes extranoncePrefix) {}

    /** What a client asked for, and what it gets. */
    record Opening(
            Text userIdentity,
            float nominalHashRate,
            Target maximum,
            boolean standard,
            int sizeIndex,
            int rollableSize,
            int fullSize) {}

    ServerChannel(
            @U32 long id,
            @U32 long groupId,
            Opening opening,
            ChannelTerms terms,
            ConnectionSettings.Limits limits,
            ExtranoncePrefix prefix,
            Optional<ChainTip> tip,
            long now) {
        this.id = id;
        this.groupId = groupId;
        this.terms = terms;
        userIdentity = opening.userIdentity();
        standard = opening.standard();
        sizeIndex = opening.sizeIndex();
        rollableSize = opening.standard() ? 0 : opening.rollableSize();
        fullSize = opening.fullSize();
        jobs = new JobBook<>(limits.jobs());
        seen = new SeenShares(limits.shares());
        pending = new PendingShares(id, limits.pendingShares());
        this.prefix = prefix;
        extranoncePrefix = standard ? prefix.filledUp(fullSize) : prefix.bytes();
        clientMaximum = opening.maximum();
        nominalHashRate = opening.nominalHashRate();
        vardiff = Vardiff.starting(nominalHashRate > 0 ? nominalHashRate : terms.presumedHashRate(), now);
        target = wantedTarget(tip);
        targetChangedAt = now - CALM;
    }

    @U32
    long groupId() {
        return groupId;
    }

    void moveTo(@U32 long group) {
        groupId = group;
    }

    Bytes extranoncePrefix() {
        return extranoncePrefix;
    }

    Target target() {
        return target;
    }

    ChannelStatus status() {
        return new ChannelStatus(
                id,
                standard,
                userIdentity,
                groupId,
                target,
                vardiff.hashRate(),
                extranoncePrefix,
                rollableSize,
                terms.payout());
    }

    /** Of a solo miner, whose jobs are made for this channel alone. */
    Optional<SoloPayout> payout() {
        return terms.payout();
    }

    /** A job as this channel gets it. */
    Job.Extended form(TemplateJob job, SoloJobs soloJobs) {
        return terms.payout().isEmpty()
                ? job.form(sizeIndex)
                : soloJobs.form(job, terms.payout().get(), sizeIndex);
    }

    /** A job as this channel gets it, under a number of its own. */
    Job.Extended renumbered(TemplateJob job, @U32 long number) {
        return terms.payout().isEmpty()
                ? job.renumbered(number, sizeIndex)
                : job.renumbered(number, terms.payout().get(), sizeIndex);
    }

    /** Replaces the prefix, for jobs sent from now on. */
    void replacePrefix(ExtranoncePrefix next) {
        replaced.add(prefix);
        prefix = next;
        extranoncePrefix = standard ? next.filledUp(fullSize) : next.bytes();
    }

    /**
     * The replaced prefixes that no job of the new previous hash has. A future job may have brought one along, so each is
     * kept until the previous hash has changed once more.
     */
    List<ExtranoncePrefix> takeUnusedPrefixes() {
        List<ExtranoncePrefix> unused = List.copyOf(lingering);
        lingering.clear();
        lingering.addAll(replaced);
        replaced.clear();
        return unused;
    }

    /** All prefixes, to be released when the channel is closed. */
    List<ExtranoncePrefix> takeAllPrefixes() {
        List<ExtranoncePrefix> all = new ArrayList<>(lingering);
        all.addAll(replaced);
        all.add(prefix);
        return all;
    }

    /** Notes a job that waits for its previous hash. */
    void await(Job.Extended job) {
        jobs.addFuture(job.id(), new Waiting(job, extranoncePrefix));
    }

    /** Begins work on a job sent just now. */
    void begin(Job.Extended job, ChainTip tip) {
        assign(job, tip, extranoncePrefix, pinned(tip));
    }

    /**
     * Begins work on the miner's own job. One of the same content may be under way at an easier target; then that counts
     * for both, or each hash could be submitted to the job that pays more for it.
     */
    void beginCustom(Job.Extended job, ChainTip tip) {
        Target easiest = pinned(tip);
        for (AssignedJob other : jobs.active()) {
            if (other.job() instanceof Job.Extended extended
                    && extended.coinbase().equals(job.coinbase())
                    && extended.path().equals(job.path())) {
                easiest = easiest.easier(other.target());
            }
        }
        assign(job, tip, extranoncePrefix, easiest);
    }

    /** Begins work on a job that waited, if it did. */
    boolean activate(@U32 long jobId, ChainTip tip, boolean previousHashChanged) {
        Optional<Waiting> waiting = jobs.future(jobId);
        if (previousHashChanged) {
            forgetWork();
        }
        jobs.dropFutures();
        waiting.ifPresent(future -> assign(future.job(), tip, future.extranoncePrefix(), pinned(tip)));
        return waiting.isPresent();
    }

    /** Forgets jobs and shares: their previous hash is no longer the present one. */
    void forgetWork() {
        jobs.dropActive();
        seen.clear();
    }

    private void assign(Job.Extended job, ChainTip tip, Bytes usedPrefix, Target jobTarget) {
        boolean creditable = terms.payout().isEmpty();
        jobs.addActive(job.id(), new AssignedJob(job, tip, jobTarget, usedPrefix, rollableSize, creditable));
    }

    /** Never harder than the network's: a block is a share whatever the miner asked for. */
    private Target pinned(ChainTip tip) {
        return target.easier(tip.networkTarget());
    }

    /** Takes the client's wishes into account. Returns whether the target must change for them. */
    boolean update(float hashRate, Target maximum, long now) {
        clientMaximum = maximum;
        if (hashRate > 0 && Math.abs(hashRate - nominalHashRate) > 0.1 * nominalHashRate) {
            vardiff = Vardiff.starting(hashRate, now);
        }
        nominalHashRate = hashRate;
        return target.compareTo(maximum) > 0;
    }

    /** Notes a share that counts. */
    void counted(AssignedJob job) {
        vardiff = vardiff.withShare(job.target());
    }

    /** Learns from the shares so far. Returns whether there is anything new. */
    boolean learn(long now) {
        Vardiff before = vardiff;
        vardiff = vardiff.evaluated(target, now);
        return vardiff.hashRate() != before.hashRate();
    }

    /**
     * Sets the target that follows from the estimate and all bounds, if it differs enough and the last change is not too
     * recent.
     *
     * @param obligatory whether it must be set at once
     * @return by which factor it changed, if it did
     */
    OptionalDouble retarget(Optional<ChainTip> tip, long now, boolean obligatory) {
        if (!obligatory && now - targetChangedAt < CALM) {
            return OptionalDouble.empty();
        }
        Target wanted = wantedTarget(tip);
        double ratio = wanted.expectedHashes() / target.expectedHashes();
        double factor = Math.max(ratio, 1 / ratio);
        if (wanted.equals(target) || (!obligatory && factor < NOTEWORTHY)) {
            return OptionalDouble.empty();
        }
        target = wanted;
        targetChangedAt = now;
        return OptionalDouble.of(factor);
    }

    private Target wantedTarget(Optional<ChainTip> tip) {
        Target easiest = terms.easiest().harder(clientMaximum);
        if (terms.fixed().isPresent()) {
            return terms.fixed().get().harder(easiest);
        }
        Target hardest = tip.map(ChainTip::networkTarget).orElse(HARDEST);
        return vardiff.target(terms.sharesPerMinute(), easiest, hardest);
    }

    /** The message that gives this channel alone a job. */
    Mining.FromServer message(Job.Extended job, OptionalLong minimumTime, DoubleSha256 hasher) {
        return standard ? job.message(id, minimumTime, extranoncePrefix, hasher) : job.message(id, minimumTime);
    }
}
