package org.ehashpool.miner.sv2;

import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.miner.hashing.FoundShare;
import org.ehashpool.miner.upstream.MinerEvents;
import org.ehashpool.miner.upstream.Workshop;
import org.ehashpool.mining.client.ClientChannelStatus;
import org.ehashpool.mining.client.ClientChannels;
import org.ehashpool.mining.client.ClientEffect;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U32;

/** One connection's channels. Lives on the connection's event loop. */
final class MiningSession {
    private final Sv2Connection connection;
    private final String pool;
    private final ChannelPlan plan;
    private final Workshop workshop;
    private final ClientChannels channels = new ClientChannels();
    private final AnnouncedRate rate;
    private final List<Tlv> worker;
    private final @U32 long versionMask;
    private int wanted;
    private String refusal = "";

    /**
     * @param nominalHashRate hashes per second of all channels
     * @param now monotonic nanoseconds
     */
    MiningSession(
            Sv2Connection connection,
            String pool,
            ChannelPlan plan,
            Workshop workshop,
            double nominalHashRate,
            long now) {
        this.connection = connection;
        this.pool = pool;
        this.plan = plan;
        this.workshop = workshop;
        this.rate = new AnnouncedRate(nominalHashRate, now);
        this.worker = plan.worker()
                .map(name -> List.of(WorkerTracking.userIdentity(Text.of(name))))
                .orElse(List.of());
        // A server may accept no change of the version field (section 5.3.1).
        this.versionMask =
                (connection.info().serverFlags() & Mining.REQUIRES_FIXED_VERSION) == 0 ? Job.VERSION_ROLLING_MASK : 0;
        this.wanted = plan.channels();
        connection.messageHandler(this::receive).drainHandler(drained -> submitFound());
        for (int i = 0; i < plan.channels(); i++) {
            connection.send(plan.open(channels, (float) (nominalHashRate / plan.channels())));
        }
    }

    private void receive(Decoded decoded) {
        Message message = decoded.message();
        if (message instanceof Mining.FromServer mining) {
            channels.receive(mining).forEach(this::react);
        } else if (message instanceof Common.ChannelEndpointChanged) {
            // "Any extension state MUST be reset and version/presence negotiation must begin again" (section 3.6.4).
            connection.renegotiateExtensions();
        }
    }

    private void react(ClientEffect effect) {
        switch (effect) {
            case ClientEffect.Opened(long request, ClientChannelStatus channel) -> {
                workshop.tally().opened();
                workshop.tally().target(channel.target());
                MinerEvents.channelOpened(
                        channel.id(), channel.standard(), channel.target().difficulty());
            }
            case ClientEffect.OpenRefused(long request, Text errorCode) -> {
                MinerEvents.refused(pool, words(errorCode));
                lostOne("no channel: " + words(errorCode));
            }
            case ClientEffect.WorkChanged(long channel, AssignedJob work, boolean onlyValid) -> begin(channel, work);
            case ClientEffect.CustomJobAccepted(long channel, long request, AssignedJob work) -> begin(channel, work);
            case ClientEffect.WorkLost(long channel) -> workshop.board().remove(channel);
            case ClientEffect.TargetChanged(long channel, var target) ->
                workshop.tally().target(target);
            case ClientEffect.SharesAccepted(var message) ->
                workshop.tally().accepted(message.newSubmitsAcceptedCount(), message.newSharesSum());
            case ClientEffect.ShareRefused(var message) -> {
                String reason = message.errorCode().printable();
                workshop.tally().rejected(reason);
                MinerEvents.shareRefused(message.channelId(), reason);
            }
            case ClientEffect.UpdateRefused(long channel, Text errorCode) ->
                MinerEvents.updateRefused(channel, errorCode.printable());
            case ClientEffect.Closed(long channel, Text reason) -> {
                workshop.board().remove(channel);
                MinerEvents.channelClosed(channel, reason.printable());
                lostOne("channel closed by the pool: " + reason.printable());
            }
            case ClientEffect.Violation(var message, String reason) -> {
                MinerEvents.violation(pool, reason);
                connection.abort(CloseReason.UNEXPECTED_MESSAGE);
            }
            case ClientEffect.FutureJob future -> {
                // Kept where the channels are; its work begins with SetNewPrevHash.
            }
            case ClientEffect.PrefixChanged changed -> {
                // For jobs to come, which bring it along.
            }
            case ClientEffect.CustomJobRefused refused -> {
                // Never asked for.
            }
            case ClientEffect.Ignored ignored -> {
                // It crossed a message of ours.
            }
        }
    }

    /** The codes of the specification, in words; others as they came. */
    private static String words(Text errorCode) {
        String code = errorCode.printable();
        return switch (code) {
            case "unknown-user" -> "the pool does not know the user (unknown-user)";
            case "max-target-out-of-range" -> "the pool wants other targets (max-target-out-of-range)";
            case "min-extranonce-size-too-large" -> "the pool has less extranonce (min-extranonce-size-too-large)";
            default -> code;
        };
    }

    private void begin(@U32 long channel, AssignedJob work) {
        workshop.board().put(channel, work, versionMask);
        workshop.tally().job();
        workshop.tally().target(work.target());
    }

    /** Without any channel the connection is of no use: the next may be. */
    private void lostOne(String why) {
        wanted--;
        if (wanted == 0) {
            refusal = why;
            connection.close(CloseReason.CLOSED);
        }
    }

    /** Why the session was given up; empty if it was not. */
    String refusal() {
        return refusal;
    }

    /** Sends what the threads found, as much as the pool can take. */
    void submitFound() {
        while (connection.isWritable()) {
            Optional<FoundShare> share = workshop.found().poll();
            if (share.isEmpty()) {
                return;
            }
            submit(share.get());
        }
    }

    private void submit(FoundShare share) {
        @U32 long jobId = share.job().job().id();
        // The same numbers may have meant another job on the connection before.
        Optional<Mining.FromClient> message = channels.work(share.channelId(), jobId)
                .filter(work -> work == share.job())
                .flatMap(work -> channels.submit(
                        share.channelId(), jobId, share.nonce(), share.time(), share.version(), share.extranonce()));
        if (message.isEmpty()) {
            workshop.tally().discarded(1);
            return;
        }
        workshop.tally().submitted();
        if (share.block()) {
            workshop.tally().block();
            MinerEvents.blockFound(share.hash());
        }
        boolean named = message.get() instanceof SubmitSharesExtended
                && connection.info().extensions().contains(WorkerTracking.EXTENSION);
        connection.send(message.get(), named ? worker : List.of());
    }

    /**
     * Tells the pool how fast we are, if that is news.
     *
     * @param hashRate hashes per second of all channels; 0 if it is not known
     * @param now monotonic nanoseconds
     */
    void measured(double hashRate, long now) {
        List<ClientChannelStatus> open = channels.channels();
        if (!open.isEmpty() && rate.isWorthTelling(hashRate, now)) {
            for (ClientChannelStatus channel : open) {
                connection.send(new UpdateChannel(
                        channel.id(),
                        (float) (hashRate / open.size()),
                        plan.maximum().value()));
            }
        }
    }
}
