package org.ehashpool.miner.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.miner.sv2.ChannelPlan;
import org.ehashpool.mining.client.ClientChannelStatus;
import org.ehashpool.mining.client.ClientChannels;
import org.ehashpool.mining.client.ClientEffect;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U32;

/** One Stratum V2 connection with its channels. Lives on its event loop. */
final class Sv2LoadConnection implements LoadChannel.Outlet<EncodedFrame> {
    private final Sv2Connection connection;
    private final LoadLoop loop;
    private final LoadTally tally;
    private final JobWaves waves;
    private final ClientChannels protocol = new ClientChannels();
    private final Map<Long, LoadChannel<EncodedFrame>> channels = new HashMap<>();

    /** @param plans of the channels that it opens */
    Sv2LoadConnection(
            Sv2Connection connection, LoadLoop loop, List<ChannelPlan> plans, float hashRate, JobWaves waves) {
        this.connection = connection;
        this.loop = loop;
        this.tally = loop.tally();
        this.waves = waves;
        connection.messageHandler(this::receive);
        for (ChannelPlan plan : plans) {
            connection.send(plan.open(protocol, hashRate));
        }
        connection.closed().onSuccess(cause -> {
            tally.connectionsLost.increment();
            channels.values().forEach(LoadChannel::close);
            tally.closed.add(channels.size());
        });
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public void send(EncodedFrame share) {
        connection.sendEncoded(share);
    }

    private static EncodedFrame standard(Submission share, Job job) {
        return EncodedFrame.of(new SubmitSharesStandard(
                share.channelId(),
                share.sequenceNumber(),
                share.jobId(),
                share.nonce(),
                share.time(),
                share.version()));
    }

    private static EncodedFrame extended(Submission share, Job job) {
        return EncodedFrame.of(new SubmitSharesExtended(
                share.channelId(),
                share.sequenceNumber(),
                share.jobId(),
                share.nonce(),
                share.time(),
                share.version(),
                share.extranonce()));
    }

    private void receive(Decoded decoded) {
        switch (decoded.message()) {
            // The answers are by far the most: their channels are found without the detour.
            case SubmitSharesSuccess message -> accepted(message);
            case SubmitSharesError message -> refused(message);
            case Mining.FromServer message -> {
                waves.received(message, loop.nanoTime().getAsLong());
                protocol.receive(message).forEach(this::react);
            }
            case Object other -> {
                // Nothing to do with channels.
            }
        }
    }

    private void accepted(SubmitSharesSuccess message) {
        LoadChannel<EncodedFrame> channel = channels.get(message.channelId());
        if (channel != null) {
            tally.accepted.add(message.newSubmitsAcceptedCount());
            tally.shareSum.add(message.newSharesSum());
            channel.unanswered().answeredUpTo(message.lastSequenceNumber(), loop::answered);
        }
    }

    private void refused(SubmitSharesError message) {
        LoadChannel<EncodedFrame> channel = channels.get(message.channelId());
        if (channel != null) {
            tally.rejections.add(message.errorCode().printable());
            channel.unanswered().answered(message.sequenceNumber(), loop::answered);
        }
    }

    private void react(ClientEffect effect) {
        switch (effect) {
            case ClientEffect.Opened(long request, ClientChannelStatus channel) -> {
                LoadChannel<EncodedFrame> opened = new LoadChannel<>(
                        this,
                        new ShareSupply<>(
                                channel.id(),
                                loop.validator(),
                                channel.standard() ? Sv2LoadConnection::standard : Sv2LoadConnection::extended,
                                loop.clock()),
                        loop.window());
                channels.put(channel.id(), opened);
                loop.add(opened);
                tally.opened.increment();
            }
            case ClientEffect.OpenRefused(long request, Text errorCode) ->
                tally.openFailures.add(errorCode.printable());
            case ClientEffect.WorkChanged(long channel, AssignedJob work, boolean onlyValid) -> begin(channel, work);
            case ClientEffect.WorkLost(long channel) -> {
                LoadChannel<EncodedFrame> idle = channels.get(channel);
                if (idle != null) {
                    idle.rest();
                }
            }
            case ClientEffect.Closed(long channel, Text reason) -> {
                LoadChannel<EncodedFrame> gone = channels.remove(channel);
                if (gone != null) {
                    gone.close();
                    tally.closed.increment();
                }
            }
            case ClientEffect.Violation violation -> connection.abort(CloseReason.UNEXPECTED_MESSAGE);
            case ClientEffect.FutureJob future -> ignored();
            case ClientEffect.TargetChanged changed -> ignored();
            case ClientEffect.PrefixChanged changed -> ignored();
            case ClientEffect.SharesAccepted shares -> ignored();
            case ClientEffect.ShareRefused share -> ignored();
            case ClientEffect.UpdateRefused update -> ignored();
            case ClientEffect.CustomJobAccepted job -> ignored();
            case ClientEffect.CustomJobRefused job -> ignored();
            case ClientEffect.Ignored ignored -> ignored();
        }
    }

    /** Of no use to a load, or noted where the channels are. */
    private static void ignored() {}

    private void begin(@U32 long id, AssignedJob work) {
        LoadChannel<EncodedFrame> channel = channels.get(id);
        if (channel == null) {
            return;
        }
        if (channel.begin(work)) {
            tally.working.increment();
        }
        loop.fill(channel);
    }
}
