package org.ehashpool.conservation.load;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.ehashpool.mining.client.ClientChannels;
import org.ehashpool.mining.client.ClientEffect;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.codec.ProtocolViolationException;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Mining.NewExtendedMiningJob;
import org.ehashpool.sv2.message.Mining.SetNewPrevHash;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;

/** A Stratum V2 miner with one channel. */
final class Sv2Miner extends LoadMiner {
    private static final int EXTRANONCE = 4;
    private static final float HASH_RATE = 100;

    private final int number;
    private final Sv2Url pool;
    private final String user;
    private final boolean standard;
    private final ShareStream shares;
    private final JobWatch jobs;
    private final LoadFigures figures;
    private volatile @Nullable Sv2Line line;
    private ClientChannels channels = new ClientChannels();
    private long channel;
    private volatile long connectedAt;

    Sv2Miner(
            int number,
            Sv2Url pool,
            String user,
            boolean standard,
            ShareStream shares,
            JobWatch jobs,
            LoadFigures figures,
            DoubleSupplier pace,
            Random random) {
        super(random, pace, shares, figures);
        this.number = number;
        this.pool = pool;
        this.user = user;
        this.standard = standard;
        this.shares = shares;
        this.jobs = jobs;
        this.figures = figures;
    }

    @Override
    void session() throws IOException, NoiseException {
        try (Sv2Line connected = Sv2Line.connect(pool, Protocol.MINING, "load")) {
            synchronized (this) {
                channels = new ClientChannels();
                Text identity = Text.of(user);
                connected.send(
                        standard
                                ? channels.openStandard(identity, HASH_RATE, Target.EASIEST)
                                : channels.openExtended(identity, HASH_RATE, Target.EASIEST, EXTRANONCE));
            }
            connectedAt = System.nanoTime();
            line = connected;
            mine(connected, () -> read(connected));
        }
    }

    private void read(Sv2Line from) {
        try (from) {
            while (receive(from.receive(), System.nanoTime())) {
                // Until the server has nothing more to say to us.
            }
        } catch (ProtocolViolationException violation) {
            figures.violation();
        } catch (IOException | NoiseException ended) {
            // The writer notices.
            shares.rest();
        } finally {
            line = null;
        }
    }

    /** Whether the connection goes on. */
    private boolean receive(Message message, long now) {
        if (message instanceof NewExtendedMiningJob job && job.minNtime().isPresent()) {
            jobs.arrived(number, connectedAt, job.merklePath(), now);
        } else if (message instanceof SetNewPrevHash tip) {
            jobs.arrived(number, connectedAt, List.of(tip.prevHash()), now);
        }
        if (!(message instanceof Mining.FromServer mining)) {
            // Reconnect, or a word about extensions.
            return false;
        }
        List<ClientEffect> effects;
        synchronized (this) {
            effects = channels.receive(mining);
        }
        for (ClientEffect effect : effects) {
            if (!react(effect, now)) {
                return false;
            }
        }
        return true;
    }

    private boolean react(ClientEffect effect, long now) {
        return switch (effect) {
            case ClientEffect.Opened(long _, var status) -> {
                channel = status.id();
                yield true;
            }
            case ClientEffect.WorkChanged(long _, var work, boolean _) -> {
                shares.begin(work);
                yield true;
            }
            case ClientEffect.WorkLost _ -> {
                shares.rest();
                yield true;
            }
            case ClientEffect.SharesAccepted(var success) -> {
                shares.acknowledgedUpTo(success.lastSequenceNumber(), success.newSubmitsAcceptedCount(), now);
                yield true;
            }
            case ClientEffect.ShareRefused(var error) -> {
                shares.refused(error.sequenceNumber(), error.errorCode().printable());
                yield true;
            }
            case ClientEffect.Violation _ -> {
                figures.violation();
                yield false;
            }
            case ClientEffect.OpenRefused _, ClientEffect.Closed _ -> false;
            case ClientEffect.FutureJob _,
                    ClientEffect.TargetChanged _,
                    ClientEffect.PrefixChanged _,
                    ClientEffect.UpdateRefused _,
                    ClientEffect.CustomJobAccepted _,
                    ClientEffect.CustomJobRefused _,
                    ClientEffect.Ignored _ -> true;
        };
    }

    @Override
    boolean isConnected() {
        return line != null;
    }

    @Override
    void send(long due) throws IOException, NoiseException {
        Sv2Line to = line;
        Optional<ShareStream.Found> found = shares.next();
        if (to == null || found.isEmpty()) {
            return;
        }
        Submission share = found.get().share();
        Optional<Mining.FromClient> message;
        synchronized (this) {
            message = channels.submit(
                    channel, share.jobId(), share.nonce(), share.time(), share.version(), share.extranonce());
        }
        if (message.isPresent()) {
            shares.sending(sequence(message.get()), found.get().hash(), due);
            to.send(message.get());
        }
    }

    private static long sequence(Mining.FromClient share) {
        return switch (share) {
            case SubmitSharesStandard message -> message.sequenceNumber();
            case SubmitSharesExtended message -> message.sequenceNumber();
            case Mining.FromClient other -> throw new IllegalStateException("no share: " + other);
        };
    }
}
