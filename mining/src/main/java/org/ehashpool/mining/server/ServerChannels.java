package org.ehashpool.mining.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.extranonce.ExtranoncePrefix;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJob;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.Mining.SetExtranoncePrefix;
import org.ehashpool.sv2.message.Mining.SetGroupChannel;
import org.ehashpool.sv2.message.Mining.SetTarget;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.message.Mining.UpdateChannelError;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * All channels of one connection. Not for use by several threads at once. Nothing that a client sends makes a method
 * throw, or makes it remember more than {@link ConnectionSettings.Limits} allow.
 *
 * <p>Times are milliseconds since 1970.
 */
public final class ServerChannels {
    /** A target that changed by this factor gets a job at once, because the old job keeps the old target. */
    private static final double WORTH_A_JOB = 1.5;

    private final ConnectionSettings settings;
    private final LoopResources resources;
    private final ExtranonceLayout layout;
    private final CustomJobRequests customJobs;
    private final ShareDesk shares;
    private final ChannelDirectory channels;
    private JobSnapshot snapshot;

    /**
     * A connection without channels.
     *
     * @param snapshot what its event loop knows of jobs; later updates must follow it without a gap
     */
    public ServerChannels(ConnectionSettings settings, LoopResources resources, JobSnapshot snapshot) {
        this.settings = settings;
        this.resources = resources;
        this.snapshot = snapshot;
        layout = resources.extranonces().layout();
        customJobs = new CustomJobRequests(resources);
        shares = new ShareDesk(resources);
        channels = new ChannelDirectory(
                TemplateJob.groupChannelId(layout.rollableSizes().size() - 1));
    }

    /** Opens a standard channel, or refuses to. */
    public List<ServerEffect> open(OpenStandardMiningChannel message, ChannelTerms terms, long now) {
        if (settings.requiresWorkSelection()) {
            return refuseToOpen(message.requestId(), ChannelError.STANDARD_CHANNELS_NOT_SUPPORTED);
        }
        return open(
                message.requestId(),
                message.userIdentity(),
                message.nominalHashRate(),
                message.maxTarget(),
                0,
                true,
                terms,
                now);
    }

    /** Opens an extended channel, or refuses to. */
    public List<ServerEffect> open(OpenExtendedMiningChannel message, ChannelTerms terms, long now) {
        if (settings.requiresStandardJobs()) {
            return refuseToOpen(message.requestId(), ChannelError.EXTENDED_CHANNELS_NOT_SUPPORTED);
        }
        return open(
                message.requestId(),
                message.userIdentity(),
                message.nominalHashRate(),
                message.maxTarget(),
                message.minExtranonceSize(),
                false,
                terms,
                now);
    }

    /** The answer to a request that the caller itself has reasons to refuse. */
    public static List<ServerEffect> refuseToOpen(@U32 long requestId, ChannelError error) {
        return List.of(new ServerEffect.Send(new OpenMiningChannelError(requestId, error.code())));
    }

    private List<ServerEffect> open(
            @U32 long requestId,
            Text userIdentity,
            float nominalHashRate,
            U256 maxTarget,
            int minExtranonceSize,
            boolean standard,
            ChannelTerms terms,
            long now) {
        OptionalInt rollable = layout.rollableSize(minExtranonceSize);
        if (channels.size() >= settings.limits().channels() || !channels.hasIds(2)) {
            return refuseToOpen(requestId, ChannelError.TOO_MANY_CHANNELS);
        }
        if (settings.requiresWorkSelection() && terms.payout().isPresent()) {
            // Who brings jobs of its own brings their outputs; what it asks for here would not be done.
            return refuseToOpen(requestId, ChannelError.INVALID_USER_IDENTITY);
        }
        if (!isHashRate(nominalHashRate)) {
            return refuseToOpen(requestId, ChannelError.INVALID_NOMINAL_HASH_RATE);
        }
        if (maxTarget.equals(U256.ZERO)) {
            return refuseToOpen(requestId, ChannelError.MAX_TARGET_OUT_OF_RANGE);
        }
        if (rollable.isEmpty()) {
            return refuseToOpen(requestId, ChannelError.MIN_EXTRANONCE_SIZE_TOO_LARGE);
        }
        return switch (resources.extranonces().allocate()) {
            case ExtranonceAllocator.Exhausted exhausted -> refuseToOpen(requestId, ChannelError.EXTRANONCE_EXHAUSTED);
            case ExtranonceAllocator.Allocated(ExtranoncePrefix prefix) -> {
                int sizeIndex = layout.rollableSizes().indexOf(rollable.getAsInt());
                ServerChannel channel = new ServerChannel(
                        channels.nextId(),
                        // "Every mining channel is a member of a group" (section 5.2.3), and a group has one coinbase.
                        terms.payout().isPresent() ? channels.nextId() : TemplateJob.groupChannelId(sizeIndex),
                        new ServerChannel.Opening(
                                userIdentity,
                                nominalHashRate,
                                Target.of(maxTarget),
                                standard,
                                sizeIndex,
                                rollable.getAsInt(),
                                layout.fullSize(rollable.getAsInt())),
                        terms,
                        settings.limits(),
                        prefix,
                        snapshot.tip(),
                        now);
                channels.add(channel);
                yield welcome(requestId, channel);
            }
        };
    }

    private static boolean isHashRate(float number) {
        return number >= 0 && !Float.isInfinite(number);
    }

    /**
     * "This MUST be the first message after the channel has been successfully opened. This first message will have
     * min_ntime unset (future job)" (section 5.3.15).
     */
    private List<ServerEffect> welcome(@U32 long requestId, ServerChannel channel) {
        List<ServerEffect> effects = new ArrayList<>();
        U256 target = channel.target().value();
        send(
                effects,
                channel.standard
                        ? new OpenStandardMiningChannelSuccess(
                                requestId, channel.id, target, channel.extranoncePrefix(), channel.groupId())
                        : new OpenExtendedMiningChannelSuccess(
                                requestId,
                                channel.id,
                                target,
                                channel.rollableSize,
                                channel.extranoncePrefix(),
                                channel.groupId()));
        effects.add(new ServerEffect.ChannelOpened(channel.status()));
        if (!settings.requiresWorkSelection()) {
            snapshot.active().ifPresent(active -> sendAsFuture(channel, active, effects));
            boolean first = channels.addressed(channel.groupId()).size() == 1;
            for (TemplateJob future : snapshot.futures()) {
                sendAhead(channel, future, first, effects);
            }
        }
        return effects;
    }

    /**
     * The SetNewPrevHash of a future job goes to the group, and there are clients that keep the jobs of a group apart from
     * those of its channels: so the first member's group is told, and a later member by itself.
     */
    private void sendAhead(ServerChannel channel, TemplateJob future, boolean first, List<ServerEffect> effects) {
        if (first) {
            broadcast(new JobUpdate.FutureJob(future, snapshot)).to(channel, effects);
            return;
        }
        Job.Extended job = channel.form(future, resources.soloJobs());
        send(effects, channel.message(job, OptionalLong.empty(), resources.hasher()));
        channel.await(job);
    }

    private JobBroadcast broadcast(JobUpdate update) {
        return new JobBroadcast(update, !settings.requiresStandardJobs(), resources);
    }

    private void sendAsFuture(ServerChannel channel, JobSnapshot.Active active, List<ServerEffect> effects) {
        Job.Extended job = channel.form(active.job(), resources.soloJobs());
        send(effects, channel.message(job, OptionalLong.empty(), resources.hasher()));
        send(effects, JobUpdate.NewTip.message(channel.id, job.id(), active.tip()));
        channel.begin(job, active.tip());
    }

    /** Takes a client's new hash rate and maximum target into account, or refuses to. */
    public List<ServerEffect> update(UpdateChannel message, long now) {
        ServerChannel channel = channels.get(message.channelId());
        Optional<ChannelError> error = channel == null
                ? Optional.of(ChannelError.INVALID_CHANNEL_ID)
                : !isHashRate(message.nominalHashRate())
                        ? Optional.of(ChannelError.INVALID_NOMINAL_HASH_RATE)
                        : message.maximumTarget().equals(U256.ZERO)
                                ? Optional.of(ChannelError.MAX_TARGET_OUT_OF_RANGE)
                                : Optional.empty();
        List<ServerEffect> effects = new ArrayList<>();
        if (channel == null || error.isPresent()) {
            send(
                    effects,
                    new UpdateChannelError(
                            message.channelId(), error.orElseThrow().code()));
            return effects;
        }
        // "When maximum_target is smaller than currently used maximum target for the channel, upstream node MUST
        // reflect
        // the client's request (and send appropriate SetTarget message)" (section 5.3.7).
        boolean obligatory = channel.update(message.nominalHashRate(), Target.of(message.maximumTarget()), now);
        retarget(channel, now, obligatory, effects);
        return effects;
    }

    /** Closes a channel, or all channels of a group; an unknown one is ignored. */
    public List<ServerEffect> close(CloseChannel message) {
        List<ServerEffect> effects = new ArrayList<>();
        for (ServerChannel channel : channels.addressed(message.channelId())) {
            forget(channel, message.reasonCode(), effects);
        }
        return effects;
    }

    /** Closes a channel on the server's own account. */
    public List<ServerEffect> closeByServer(@U32 long channelId, Text reason) {
        List<ServerEffect> effects = new ArrayList<>();
        ServerChannel channel = channels.get(channelId);
        if (channel != null) {
            send(effects, new CloseChannel(channelId, reason));
            forget(channel, reason, effects);
        }
        return effects;
    }

    /** Releases all that the channels hold: the connection is gone. */
    public List<ServerEffect> connectionLost(Text reason) {
        List<ServerEffect> effects = new ArrayList<>();
        for (ServerChannel channel : List.copyOf(channels.all())) {
            forget(channel, reason, effects);
        }
        return effects;
    }

    private void forget(ServerChannel channel, Text reason, List<ServerEffect> effects) {
        channels.remove(channel);
        channel.takeAllPrefixes().forEach(resources.extranonces()::release);
        effects.add(new ServerEffect.ChannelClosed(channel.id, reason));
    }

    /**
     * Judges a share.
     *
     * @param gate has the last word
     */
    public List<ServerEffect> submit(SubmitSharesStandard message, ShareGate gate, long now) {
        return submit(Submission.of(message), true, gate, now);
    }

    /**
     * Judges a share.
     *
     * @param gate has the last word
     */
    public List<ServerEffect> submit(SubmitSharesExtended message, ShareGate gate, long now) {
        return submit(Submission.of(message), false, gate, now);
    }

    private List<ServerEffect> submit(Submission submission, boolean standard, ShareGate gate, long now) {
        List<ServerEffect> effects = new ArrayList<>(4);
        ServerChannel channel = channels.get(submission.channelId());
        if (channel == null || channel.standard != standard) {
            ShareDesk.reject(submission, ShareError.INVALID_CHANNEL_ID, effects);
        } else if (shares.judge(submission, channel, gate, now, effects) && channel.learn(now)) {
            retarget(channel, now, false, effects);
        }
        return effects;
    }

    /** The oldest so many accepted shares of a channel are recorded: one message to the client for all of them. */
    public List<ServerEffect> recorded(@U32 long channelId, int count) {
        return channels.find(channelId)
                .flatMap(channel -> channel.pending.acknowledge(count))
                .<List<ServerEffect>>map(message -> List.of(new ServerEffect.Send(message)))
                .orElse(List.of());
    }

    /** The oldest so many accepted shares of a channel could not be recorded: a message to the client for each. */
    public List<ServerEffect> notRecorded(@U32 long channelId, int count, ShareError error) {
        List<ServerEffect> effects = new ArrayList<>();
        channels.find(channelId)
                .ifPresent(channel -> channel.pending.refuse(count, error).forEach(message -> send(effects, message)));
        return effects;
    }

    /** Judges a miner's own job. */
    public List<ServerEffect> setCustomMiningJob(SetCustomMiningJob message, long now) {
        if (!settings.requiresWorkSelection() || !resources.customJobs().isSupported()) {
            return CustomJobRequests.refuse(message, CustomJobError.NOT_SUPPORTED);
        }
        return customJobs.request(message, channels.addressedExtended(message.channelId()), snapshot.tip(), now / 1000);
    }

    /** The answer to a request that was deferred; ignored if there is no such request. */
    public List<ServerEffect> decideCustomJob(@U32 long channelId, @U32 long requestId, CustomJobs.Decision decision) {
        return customJobs
                .takeDeferred(channelId, requestId)
                .map(request ->
                        customJobs.decide(request, decision, channels.addressedExtended(channelId), snapshot.tip()))
                .orElse(List.of());
    }

    /** Passes on what changed for everybody who mines on templates: one message per group. */
    public List<ServerEffect> update(JobUpdate update) {
        snapshot = update.snapshot();
        boolean stale = update instanceof JobUpdate.NewTip tip && tip.previousHashChanged();
        List<ServerEffect> effects = new ArrayList<>();
        JobBroadcast broadcast = broadcast(update);
        for (ServerChannel channel : channels.all()) {
            if (!settings.requiresWorkSelection()) {
                broadcast.to(channel, effects);
            } else if (stale) {
                channel.forgetWork();
            }
            if (stale) {
                channel.takeUnusedPrefixes().forEach(resources.extranonces()::release);
            }
        }
        return effects;
    }

    /** Learns from shares that did not come. To be called every few seconds. */
    public List<ServerEffect> tick(long now) {
        List<ServerEffect> effects = new ArrayList<>();
        for (ServerChannel channel : channels.all()) {
            channel.learn(now);
            retarget(channel, now, false, effects);
        }
        return effects;
    }

    private void retarget(ServerChannel channel, long now, boolean obligatory, List<ServerEffect> effects) {
        channel.retarget(snapshot.tip(), now, obligatory).ifPresent(factor -> {
            send(effects, new SetTarget(channel.id, channel.target().value()));
            effects.add(new ServerEffect.TargetChanged(channel.status()));
            if (factor >= WORTH_A_JOB && !settings.requiresWorkSelection()) {
                snapshot.active().ifPresent(active -> sendAgain(channel, active, effects));
            }
        });
    }

    private void sendAgain(ServerChannel channel, JobSnapshot.Active active, List<ServerEffect> effects) {
        Job.Extended job = channel.renumbered(active.job(), resources.numbers().next());
        OptionalLong minimumTime = OptionalLong.of(active.tip().minimumTime());
        send(effects, channel.message(job, minimumTime, resources.hasher()));
        channel.begin(job, active.tip());
    }

    /** Gives a channel another extranonce prefix, for jobs sent from now on; nothing happens if there is none left. */
    public List<ServerEffect> changePrefix(@U32 long channelId) {
        ServerChannel channel = channels.get(channelId);
        if (channel == null) {
            return List.of();
        }
        return switch (resources.extranonces().allocate()) {
            case ExtranonceAllocator.Exhausted exhausted -> List.of();
            case ExtranonceAllocator.Allocated(ExtranoncePrefix prefix) -> {
                channel.replacePrefix(prefix);
                yield List.of(new ServerEffect.Send(new SetExtranoncePrefix(channelId, channel.extranoncePrefix())));
            }
        };
    }

    /**
     * Makes a group of its own of some channels, which must have extranonces of equal size and be no solo miners'; nothing
     * happens otherwise, or on a connection that requires standard jobs.
     */
    public List<ServerEffect> regroup(Set<Long> channelIds) {
        OptionalLong groupId = settings.requiresStandardJobs() ? OptionalLong.empty() : channels.regroup(channelIds);
        if (groupId.isEmpty()) {
            return List.of();
        }
        List<ServerChannel> members = channels.addressed(groupId.getAsLong());
        List<ServerEffect> effects = new ArrayList<>();
        send(
                effects,
                new SetGroupChannel(
                        groupId.getAsLong(),
                        members.stream().map(channel -> channel.id).toList()));
        if (!settings.requiresWorkSelection()) {
            for (TemplateJob future : snapshot.futures()) {
                broadcast(new JobUpdate.FutureJob(future, snapshot)).to(members.getFirst(), effects);
            }
        }
        return effects;
    }

    /** All channels. */
    public List<ChannelStatus> channels() {
        return channels.all().stream().map(ServerChannel::status).toList();
    }

    private static void send(List<ServerEffect> effects, Mining.FromServer message) {
        effects.add(new ServerEffect.Send(message));
    }
}
