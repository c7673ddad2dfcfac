package org.ehashpool.pool.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.link.PeerViolationException;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.server.ChannelError;
import org.ehashpool.mining.server.ChannelStatus;
import org.ehashpool.mining.server.ChannelTerms;
import org.ehashpool.mining.server.ConnectionSettings;
import org.ehashpool.mining.server.CustomJobError;
import org.ehashpool.mining.server.ServerChannels;
import org.ehashpool.mining.server.ServerEffect;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.pool.account.Tally;
import org.ehashpool.pool.events.PoolEvents;
import org.ehashpool.pool.ledger.ShareCredit;
import org.ehashpool.pool.ledger.ShareLedger.Outcome;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenMiningChannelError;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJob;
import org.ehashpool.sv2.message.Mining.SetCustomMiningJobError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.message.Mining.UpdateChannelError;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U32;
import org.jspecify.annotations.Nullable;

/** One miner: its messages in, what follows from them out. On its event loop only. */
final class MiningConnection {
    private static final Text BANNED = Text.of("banned");

    private final MiningLoop loop;
    private final Surroundings surroundings;
    private final MinerLink link;
    private final long connectionId;
    private final ServerChannels channels;
    private final Map<Long, OpenChannel> open = new HashMap<>(2);
    private final Tally tally;
    private final ValidationSample sample;
    private final FloodGuard flood;
    private final EhashNotices notices;
    private final ShareGate gate = this::refuse;
    private float nominalHashRate;
    /** Of the channel that is being opened. */
    private Payee payee = Payee.NOBODY;
    /** Who is to be paid for the share that is being judged. */
    private Optional<Bytes> lockingKey = Optional.empty();
    /** The number of the first change of jobs that it has not. */
    private long lacks;

    private boolean ended;

    MiningConnection(MiningLoop loop, MinerLink link, JobSnapshot snapshot) {
        this.loop = loop;
        this.link = link;
        surroundings = loop.surroundings();
        ConnectionInfo info = link.info();
        connectionId = info.connectionId();
        lacks = loop.relay().changes();
        channels = new ServerChannels(
                ConnectionSettings.of(
                        info.flags(), surroundings.rules().get().limits().ofChannels()),
                loop.resources(),
                snapshot);
        sample = new ValidationSample(surroundings);
        flood = new FloodGuard(surroundings, link, () -> ended(Text.of("flood")));
        notices = new EhashNotices(link, surroundings.mints());
        tally = new Tally(surroundings.clock().millis());
    }

    long connectionId() {
        return connectionId;
    }

    MinerLink link() {
        return link;
    }

    boolean isOpen() {
        return !ended;
    }

    /**
     * Takes in a message.
     *
     * @throws PeerViolationException if it does not belong here; ends the connection
     */
    void receive(Decoded decoded) {
        if (ended) {
            return;
        }
        if (decoded.message() instanceof Mining.FromClient message) {
            receive(message, decoded);
            if (!link.isWritable()) {
                link.pause();
            }
        } else if (decoded.message() instanceof Common.ChannelEndpointChanged changed) {
            // "any extension state [...] MUST be reset" (section 3.6.4)
            OpenChannel channel = open.get(changed.channelId());
            if (channel != null) {
                channel.payee(channel.payee().withoutExtension());
            }
        } else {
            throw new PeerViolationException(
                    CloseReason.UNEXPECTED_MESSAGE,
                    decoded.message().getClass().getSimpleName() + " on a mining connection");
        }
    }

    private void receive(Mining.FromClient message, Decoded decoded) {
        switch (message) {
            case SubmitSharesExtended share -> {
                if (flood.mayShare(share.channelId(), share.sequenceNumber())) {
                    Optional<Text> worker =
                            decoded.tlvs().isEmpty() ? Optional.empty() : WorkerTracking.userIdentity(decoded.tlvs());
                    lockingKey = payeeOf(share.channelId(), decoded.tlvs());
                    long began = sample.begins();
                    List<ServerEffect> effects = channels.submit(share, gate, now());
                    sample.ends(began);
                    perform(effects, null, worker);
                }
            }
            case SubmitSharesStandard share -> {
                if (flood.mayShare(share.channelId(), share.sequenceNumber())) {
                    lockingKey = payeeOf(share.channelId(), decoded.tlvs());
                    long began = sample.begins();
                    List<ServerEffect> effects = channels.submit(share, gate, now());
                    sample.ends(began);
                    perform(effects, null, Optional.empty());
                }
            }
            case OpenStandardMiningChannel request ->
                open(
                        request.requestId(),
                        request.userIdentity(),
                        request.nominalHashRate(),
                        Ehash.lockingKey(decoded.tlvs()),
                        terms -> channels.open(request, terms, now()));
            case OpenExtendedMiningChannel request ->
                open(
                        request.requestId(),
                        request.userIdentity(),
                        request.nominalHashRate(),
                        Ehash.lockingKey(decoded.tlvs()),
                        terms -> channels.open(request, terms, now()));
            case UpdateChannel request -> {
                if (flood.mayRequest(new UpdateChannelError(request.channelId(), FloodGuard.TOO_MANY_REQUESTS))) {
                    updateNominal(request);
                    perform(channels.update(request, now()));
                }
            }
            case CloseChannel request -> {
                if (flood.mayRequest(null)) {
                    perform(channels.close(request));
                }
            }
            case SetCustomMiningJob request -> {
                if (flood.mayRequest(new SetCustomMiningJobError(
                        request.channelId(), request.requestId(), CustomJobError.TOO_MANY_REQUESTS.code()))) {
                    perform(channels.setCustomMiningJob(request, now()));
                }
            }
        }
    }

    private void open(
            @U32 long requestId,
            Text user,
            float hashRate,
            Optional<Bytes> key,
            Function<ChannelTerms, List<ServerEffect>> opening) {
        if (!flood.mayRequest(new OpenMiningChannelError(requestId, FloodGuard.TOO_MANY_REQUESTS))) {
            return;
        }
        nominalHashRate = hashRate;
        payee = Payee.of(user, key);
        if (isBanned(user)) {
            perform(ServerChannels.refuseToOpen(requestId, ChannelError.UNKNOWN_USER));
            return;
        }
        if (!payee.isValid(loop.lockingKeys())) {
            perform(ServerChannels.refuseToOpen(requestId, ChannelError.INVALID_LOCKING_KEY));
            return;
        }
        perform(rules().terms(user)
                .map(opening)
                .orElseGet(() -> ServerChannels.refuseToOpen(requestId, ChannelError.INVALID_USER_IDENTITY)));
    }

    /** The share's own key, else its channel's. */
    private Optional<Bytes> payeeOf(@U32 long channelId, List<Tlv> tlvs) {
        Optional<Bytes> own = tlvs.isEmpty() ? Optional.empty() : Ehash.lockingKey(tlvs);
        OpenChannel channel = open.get(channelId);
        return own.isPresent() || channel == null ? own : channel.payee().key();
    }

    /** The last word on a share that is valid otherwise, and has been sent to the template provider if it is a block. */
    private Optional<ShareError> refuse(Submission submission, AssignedJob job) {
        if (lockingKey.isPresent() && !loop.lockingKeys().isPoint(lockingKey.get())) {
            return Optional.of(ShareError.INVALID_LOCKING_KEY);
        }
        return loop.gate().refuse(submission, job);
    }

    /** Extensions were negotiated. */
    void negotiated() {
        notices.sendMints();
    }

    /** Tells of quotes and mints; says whether it was sent. */
    boolean notice(Ehash.FromServer message) {
        return !ended && notices.send(message);
    }

    private void updateNominal(UpdateChannel request) {
        OpenChannel channel = open.get(request.channelId());
        if (channel != null && request.nominalHashRate() >= 0 && !Float.isInfinite(request.nominalHashRate())) {
            channel.nominalHashRate(request.nominalHashRate());
        }
    }

    private boolean isBanned(Text userIdentity) {
        return surroundings.bans().of(userIdentity).isPresent();
    }

    private MiningRules rules() {
        return surroundings.rules().get();
    }

    private long now() {
        return surroundings.clock().millis();
    }

    private void perform(List<ServerEffect> effects) {
        perform(effects, null, Optional.empty());
    }

    /**
     * Does what follows.
     *
     * @param frames messages that are encoded already
     * @param worker who found the share
     */
    private void perform(List<ServerEffect> effects, @Nullable JobFrames frames, Optional<Text> worker) {
        for (int i = 0; i < effects.size(); i++) {
            switch (effects.get(i)) {
                case ServerEffect.Send(Mining.FromServer message) -> send(message, frames);
                case ServerEffect.BlockFound block -> found(block);
                case ServerEffect.ShareAccepted share -> loop.lane().add(credit(share, worker));
                case ServerEffect.ShareRejected(var share, ShareError error) -> {
                    PoolEvents.shareRejected(connectionId, share, error);
                    rejected(open.get(share.channelId()), error, 1);
                }
                case ServerEffect.ChannelOpened(ChannelStatus channel) -> opened(channel);
                case ServerEffect.ChannelClosed(long channelId, Text reason) -> closed(channelId, reason);
                case ServerEffect.TargetChanged(ChannelStatus channel) -> {
                    OpenChannel changed = open.get(channel.id());
                    if (changed != null) {
                        changed.changed(channel);
                    }
                }
            }
        }
    }

    private void send(Mining.FromServer message, @Nullable JobFrames frames) {
        EncodedFrame frame = frames == null ? null : frames.frame(message);
        if (frame == null) {
            link.send(message);
        } else {
            link.sendEncoded(frame);
        }
    }

    private void found(ServerEffect.BlockFound block) {
        OpenChannel channel = open.get(block.channelId());
        Text user = channel == null ? Text.EMPTY : channel.status().userIdentity();
        surroundings.blocks().found(block, connectionId, user);
        PoolEvents.blockFound(connectionId, block.channelId(), user, block.hash());
        loop.tally().block();
        tally.block();
        if (channel != null) {
            channel.tally.block();
        }
    }

    private ShareCredit credit(ServerEffect.ShareAccepted share, Optional<Text> worker) {
        return new ShareCredit(
                surroundings.bootId(),
                connectionId,
                share.submission().channelId(),
                share.submission().sequenceNumber(),
                share.hash(),
                share.job().tip().previousHash(),
                share.submission().time(),
                share.job().target(),
                share.userIdentity(),
                worker,
                lockingKey,
                share.creditable(),
                now());
    }

    private void opened(ChannelStatus channel) {
        open.put(channel.id(), new OpenChannel(this, channel, payee, nominalHashRate, loop.stats(), now()));
        surroundings.metrics().channelOpened();
        PoolEvents.channelOpened(connectionId, channel);
    }

    private void closed(@U32 long channelId, Text reason) {
        OpenChannel channel = open.remove(channelId);
        if (channel != null) {
            loop.stats().closed(channel, reason);
            surroundings.metrics().channelClosed();
            PoolEvents.channelClosed(connectionId, channelId, reason);
        }
    }

    private void rejected(@Nullable OpenChannel channel, ShareError error, int count) {
        surroundings.metrics().rejected(error, count);
        loop.tally().rejected(error, count);
        tally.rejected(error, count);
        if (channel != null) {
            channel.rejected(error, count, now());
        }
    }

    /** Passes on a change of jobs. */
    void update() {
        lacks = loop.relay().takeAll(lacks, this::update);
    }

    private void update(JobFrames frames) {
        if (!ended) {
            perform(channels.update(frames.update()), frames, Optional.empty());
        }
    }

    /** Learns from shares that did not come. */
    void tick() {
        perform(channels.tick(now()));
    }

    /**
     * Counts what became of a credit; the client is told of all like it together, by {@link #tell}.
     *
     * @return the channel, if it has not been told of anything before this
     */
    @Nullable
    OpenChannel settle(ShareCredit credit, Outcome outcome, long now) {
        OpenChannel channel = open.get(credit.channelId());
        if (outcome == Outcome.RECORDED) {
            tally.accepted(credit.target(), 1, now);
        }
        if (channel == null) {
            if (outcome == Outcome.RECORDED) {
                loop.stats().recordedLate(credit, now);
            }
            return null;
        }
        if (outcome == Outcome.RECORDED) {
            channel.accepted(credit.target(), now);
        }
        boolean first = channel.isSettled();
        if (!first && channel.outcome() != outcome) {
            tell(channel);
        }
        channel.count(outcome);
        return first ? channel : null;
    }

    /** Tells the client what became of shares. */
    void tell(OpenChannel channel) {
        int count = channel.takeOutcomes();
        if (count == 0 || ended) {
            return;
        }
        long channelId = channel.status().id();
        switch (channel.outcome()) {
            case RECORDED -> perform(channels.recorded(channelId, count));
            case DUPLICATE -> notRecorded(channel, count, ShareError.DUPLICATE_SHARE);
            case REFUSED -> notRecorded(channel, count, ShareError.STORAGE_UNAVAILABLE);
        }
    }

    private void notRecorded(OpenChannel channel, int count, ShareError error) {
        rejected(channel, error, count);
        perform(channels.notRecorded(channel.status().id(), count, error));
    }

    /** Closes the channels of users that are banned by now. */
    void enforceBans() {
        for (OpenChannel channel : List.copyOf(open.values())) {
            if (isBanned(channel.status().userIdentity())) {
                perform(channels.closeByServer(channel.status().id(), BANNED));
            }
        }
    }

    /** The connection is gone, or about to be: all that its channels hold is released. */
    void ended(Text reason) {
        if (!ended) {
            ended = true;
            perform(channels.connectionLost(reason));
        }
    }

    ConnectionView view() {
        long now = now();
        List<ChannelView> views = new ArrayList<>(open.size());
        for (ChannelStatus status : channels.channels()) {
            OpenChannel channel = open.get(status.id());
            if (channel != null) {
                channel.changed(status);
                views.add(channel.view(connectionId, status.hashRate(), now));
            }
        }
        return new ConnectionView(
                link.info(),
                now - link.silence().toMillis(),
                link.bytesReceived(),
                link.bytesSent(),
                tally.figures(now),
                views);
    }
}
