package org.ehashpool.mining.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import org.ehashpool.mining.coinbase.CoinbaseFields;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.merkle.MerklePath;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.NewMiningJob;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannelSuccess;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobError;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobSuccess;
import org.ehashpool.sv2.message.Mining.SetExtranoncePrefix;
import org.ehashpool.sv2.message.Mining.SetGroupChannel;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SetTarget;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.message.Mining.UpdateChannelError;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.jspecify.annotations.Nullable;

/**
 * All channels of one connection to a server. Not for use by several threads at once. Nothing that a server sends makes a
 * method throw, or makes it remember more than the requests made and a few jobs per channel.
 */
public final class ClientChannels {
    private static final int MAX_EXTRANONCE = 32;
    private static final int MAX_REQUESTS = 1 << 16;

    private final Map<Long, Request> requests = new LinkedHashMap<>();
    private final Map<Long, SetCustomMiningJob> customJobs = new LinkedHashMap<>();
    private final Map<Long, ClientChannel> channels = new LinkedHashMap<>();
    /** Those of each group: opening many channels must not look at all of them every time. */
    private final Map<Long, SequencedSet<ClientChannel>> groups = new HashMap<>();

    private @U32 long lastRequestId;

    /** A request for a channel; a standard one if the smallest extranonce is negative. */
    private record Request(int minExtranonceSize) {
        boolean standard() {
            return minExtranonceSize < 0;
        }
    }

    /**
     * A request for a standard channel.
     *
     * @param nominalHashRate hashes per second
     * @param maximum the easiest target that is wanted
     * @throws IllegalStateException if 65,536 requests are unanswered
     */
    public OpenStandardMiningChannel openStandard(Text userIdentity, float nominalHashRate, Target maximum) {
        return new OpenStandardMiningChannel(request(new Request(-1)), userIdentity, nominalHashRate, maximum.value());
    }

    /**
     * A request for an extended channel.
     *
     * @param nominalHashRate hashes per second
     * @param maximum the easiest target that is wanted
     * @param minExtranonceSize bytes of extranonce needed
     * @throws IllegalStateException if 65,536 requests are unanswered
     */
    public OpenExtendedMiningChannel openExtended(
            Text userIdentity, float nominalHashRate, Target maximum, int minExtranonceSize) {
        return new OpenExtendedMiningChannel(
                request(new Request(minExtranonceSize)),
                userIdentity,
                nominalHashRate,
                maximum.value(),
                minExtranonceSize);
    }

    private @U32 long request(Request request) {
        requireRoom(requests.size());
        long id = nextRequestId();
        requests.put(id, request);
        return id;
    }

    private @U32 long nextRequestId() {
        lastRequestId = (lastRequestId + 1) & 0xffff_ffffL;
        return lastRequestId;
    }

    private static void requireRoom(int waiting) {
        if (waiting >= MAX_REQUESTS) {
            throw new IllegalStateException(waiting + " requests without an answer");
        }
    }

    /**
     * A request that the server pay for a job of ours.
     *
     * @param job what to ask, its request id to be replaced
     * @throws IllegalStateException if 65,536 requests are unanswered
     */
    public SetCustomMiningJob requestCustomJob(SetCustomMiningJob job) {
        requireRoom(customJobs.size());
        SetCustomMiningJob numbered = new SetCustomMiningJob(
                job.channelId(),
                nextRequestId(),
                job.miningJobToken(),
                job.version(),
                job.prevHash(),
                job.minNtime(),
                job.nbits(),
                job.coinbaseTxVersion(),
                job.coinbasePrefix(),
                job.coinbaseTxInputNSequence(),
                job.coinbaseTxOutputs(),
                job.coinbaseTxLocktime(),
                job.merklePath());
        customJobs.put(numbered.requestId(), numbered);
        return numbered;
    }

    /**
     * The message that submits a share; empty if the job is no longer valid on the channel or the extranonce has the
     * wrong size, because then the server would refuse it.
     *
     * @param extranonce empty on a standard channel
     */
    public Optional<Mining.FromClient> submit(
            @U32 long channelId,
            @U32 long jobId,
            @U32 long nonce,
            @U32 long time,
            @U32 long version,
            Bytes extranonce) {
        return work(channelId, jobId).isEmpty()
                ? Optional.empty()
                : submitRegardless(channelId, jobId, nonce, time, version, extranonce);
    }

    /**
     * The message that submits a share for a job that need not be valid any more: for one that is a block, which the
     * server may want all the same. Empty if there is no such channel or the extranonce has the wrong size.
     *
     * @param extranonce empty on a standard channel
     */
    public Optional<Mining.FromClient> submitRegardless(
            @U32 long channelId,
            @U32 long jobId,
            @U32 long nonce,
            @U32 long time,
            @U32 long version,
            Bytes extranonce) {
        ClientChannel channel = channels.get(channelId);
        return channel == null || extranonce.length() != channel.extranonceSize
                ? Optional.empty()
                : Optional.of(channel.submit(jobId, nonce, time, version, extranonce));
    }

    /** The message that closes a channel, which is forgotten at once; empty if there is no such channel. */
    public Optional<CloseChannel> close(@U32 long channelId, Text reason) {
        return Optional.ofNullable(forget(channelId)).map(channel -> new CloseChannel(channelId, reason));
    }

    /** All channels. */
    public List<ClientChannelStatus> channels() {
        return channels.values().stream().map(ClientChannel::status).toList();
    }

    /** What a channel works on, if anything. */
    public Optional<AssignedJob> work(@U32 long channelId) {
        return Optional.ofNullable(channels.get(channelId)).flatMap(ClientChannel::latestWork);
    }

    /** A job of a channel that shares may still be submitted for. */
    public Optional<AssignedJob> work(@U32 long channelId, @U32 long jobId) {
        return Optional.ofNullable(channels.get(channelId)).flatMap(channel -> channel.work(jobId));
    }

    /** Takes in a message. */
    public List<ClientEffect> receive(Mining.FromServer message) {
        return switch (message) {
            case OpenStandardMiningChannelSuccess m ->
                opened(m, m.requestId(), m.channelId(), m.groupChannelId(), m.target(), m.extranoncePrefix(), 0, true);
            case OpenExtendedMiningChannelSuccess m ->
                opened(
                        m,
                        m.requestId(),
                        m.channelId(),
                        m.groupChannelId(),
                        m.target(),
                        m.extranoncePrefix(),
                        m.extranonceSize(),
                        false);
            case OpenMiningChannelError m ->
                List.of(
                        requests.remove(m.requestId()) == null
                                ? new ClientEffect.Ignored(m)
                                : new ClientEffect.OpenRefused(m.requestId(), m.errorCode()));
            case UpdateChannelError m ->
                each(m, channel(m.channelId()), channel -> new ClientEffect.UpdateRefused(channel.id, m.errorCode()));
            case CloseChannel m -> closed(m);
            case SetExtranoncePrefix m ->
                each(m, channel(m.channelId()), channel -> channel.changePrefix(m.extranoncePrefix(), m));
            case SubmitSharesSuccess m ->
                each(m, channel(m.channelId()), channel -> new ClientEffect.SharesAccepted(m));
            case SubmitSharesError m -> each(m, channel(m.channelId()), channel -> new ClientEffect.ShareRefused(m));
            case NewMiningJob m -> each(m, channel(m.channelId()), channel -> standardJob(channel, m));
            case NewExtendedMiningJob m -> each(m, addressed(m.channelId()), channel -> extendedJob(channel, m));
            case SetNewPrevHash m -> newTip(m);
            case SetCustomMiningJobSuccess m -> customJobAccepted(m);
            case SetCustomMiningJobError m ->
                List.of(
                        customJobs.remove(m.requestId()) == null
                                ? new ClientEffect.Ignored(m)
                                : new ClientEffect.CustomJobRefused(m.channelId(), m.requestId(), m.errorCode()));
            case SetTarget m ->
                each(m, addressed(m.channelId()), channel -> channel.retarget(Target.of(m.maximumTarget())));
            case SetGroupChannel m -> regroup(m);
        };
    }

    private List<ClientEffect> opened(
            Mining.FromServer message,
            @U32 long requestId,
            @U32 long channelId,
            @U32 long groupId,
            U256 target,
            Bytes extranoncePrefix,
            int extranonceSize,
            boolean standard) {
        Request request = requests.remove(requestId);
        if (request == null) {
            return List.of(new ClientEffect.Ignored(message));
        }
        String fault = fault(request, channelId, groupId, extranoncePrefix, extranonceSize, standard);
        if (fault != null) {
            return List.of(new ClientEffect.Violation(message, fault));
        }
        ClientChannel channel =
                new ClientChannel(channelId, standard, groupId, Target.of(target), extranoncePrefix, extranonceSize);
        channels.put(channelId, channel);
        enter(channel);
        return List.of(new ClientEffect.Opened(requestId, channel.status()));
    }

    private @Nullable String fault(
            Request request,
            @U32 long channelId,
            @U32 long groupId,
            Bytes extranoncePrefix,
            int extranonceSize,
            boolean standard) {
        if (request.standard() != standard) {
            return "channel of the other kind";
        }
        if (channels.containsKey(channelId)) {
            return "channel id in use";
        }
        if (channels.containsKey(groupId) || channelId == groupId || groups.containsKey(channelId)) {
            return "channel and group of the same id";
        }
        if (extranonceSize < request.minExtranonceSize()) {
            return "less extranonce than asked for";
        }
        if (extranoncePrefix.length() + extranonceSize > MAX_EXTRANONCE) {
            return "extranonce longer than " + MAX_EXTRANONCE + " bytes";
        }
        SequencedSet<ClientChannel> group = groups.get(groupId);
        return group != null && group.getFirst().fullSize() != extranoncePrefix.length() + extranonceSize
                ? "group with extranonces of different sizes"
                : null;
    }

    private static ClientEffect standardJob(ClientChannel channel, NewMiningJob message) {
        return channel.standard
                ? channel.receive(Job.Standard.of(message), message.minNtime(), message)
                : new ClientEffect.Ignored(message);
    }

    private static ClientEffect extendedJob(ClientChannel channel, NewExtendedMiningJob message) {
        // "Extended and group channels only" (section 5.3.16).
        if (channel.standard && channel.id == message.channelId()) {
            return new ClientEffect.Ignored(message);
        }
        try {
            return channel.receive(Job.Extended.of(message, channel.fullSize()), message.minNtime(), message);
        } catch (IllegalArgumentException e) {
            return new ClientEffect.Violation(message, "no coinbase transaction: " + e.getMessage());
        }
    }

    private List<ClientEffect> newTip(SetNewPrevHash message) {
        Optional<ChainTip> tip = ChainTip.of(message);
        return tip.isEmpty()
                ? List.of(new ClientEffect.Violation(message, "bits that are no target"))
                : each(
                        message,
                        addressed(message.channelId()),
                        channel -> channel.activate(message.jobId(), tip.get()));
    }

    private List<ClientEffect> customJobAccepted(SetCustomMiningJobSuccess message) {
        SetCustomMiningJob request = customJobs.remove(message.requestId());
        if (request == null) {
            return List.of(new ClientEffect.Ignored(message));
        }
        Optional<Target> network = Target.ofCompactBits(request.nbits());
        if (network.isEmpty()) {
            return List.of(new ClientEffect.Violation(message, "custom job with bits that are no target accepted"));
        }
        ChainTip tip = new ChainTip(request.prevHash(), request.nbits(), request.minNtime(), network.get());
        return each(
                message,
                addressed(request.channelId()).stream()
                        .filter(channel -> !channel.standard)
                        .toList(),
                channel -> switch (CoinbaseFields.ofCustomJob(request, channel.fullSize())) {
                    case CoinbaseFields.Refused(CoinbaseFields.Refusal reason) ->
                        new ClientEffect.Violation(message, "custom job accepted in spite of " + reason);
                    case CoinbaseFields.Built(CoinbaseFields coinbase) ->
                        new ClientEffect.CustomJobAccepted(
                                channel.id,
                                message.requestId(),
                                channel.begin(customJob(request, message.jobId(), coinbase, channel), tip));
                });
    }

    private static Job.Extended customJob(
            SetCustomMiningJob request, @U32 long jobId, CoinbaseFields coinbase, ClientChannel channel) {
        return new Job.Extended(
                jobId,
                new JobOrigin.Custom(request.miningJobToken()),
                request.version(),
                true,
                MerklePath.of(request.merklePath()),
                coinbase.around(channel.fullSize()),
                channel.fullSize());
    }

    private List<ClientEffect> regroup(SetGroupChannel message) {
        if (channels.containsKey(message.groupChannelId())) {
            return List.of(new ClientEffect.Violation(message, "channel and group of the same id"));
        }
        for (Long id : message.channelIds()) {
            ClientChannel channel = channels.get(id);
            if (channel != null) {
                depart(channel);
                channel.moveTo(message.groupChannelId());
                enter(channel);
            }
        }
        return List.of();
    }

    private List<ClientEffect> closed(CloseChannel message) {
        return each(message, addressed(message.channelId()), channel -> {
            forget(channel.id);
            return new ClientEffect.Closed(channel.id, message.reasonCode());
        });
    }

    private List<ClientChannel> channel(@U32 long id) {
        ClientChannel channel = channels.get(id);
        return channel == null ? List.of() : List.of(channel);
    }

    private List<ClientChannel> addressed(@U32 long channelOrGroup) {
        SequencedSet<ClientChannel> group = groups.get(channelOrGroup);
        return group == null ? channel(channelOrGroup) : List.copyOf(group);
    }

    private void enter(ClientChannel channel) {
        groups.computeIfAbsent(channel.groupId(), id -> new LinkedHashSet<>()).add(channel);
    }

    private void depart(ClientChannel channel) {
        groups.computeIfPresent(channel.groupId(), (id, members) -> {
            members.remove(channel);
            return members.isEmpty() ? null : members;
        });
    }

    private @Nullable ClientChannel forget(@U32 long channelId) {
        ClientChannel channel = channels.remove(channelId);
        if (channel != null) {
            depart(channel);
        }
        return channel;
    }

    private static List<ClientEffect> each(
            Mining.FromServer message, List<ClientChannel> addressees, Function<ClientChannel, ClientEffect> reaction) {
        if (addressees.isEmpty()) {
            return List.of(new ClientEffect.Ignored(message));
        }
        List<ClientEffect> effects = new ArrayList<>(addressees.size());
        for (ClientChannel addressee : addressees) {
            effects.add(reaction.apply(addressee));
        }
        return effects;
    }
}
