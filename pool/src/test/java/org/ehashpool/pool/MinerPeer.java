package org.ehashpool.pool;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.ConnectOutcome;
import org.ehashpool.kit.sv2.SetupRequest;
import org.ehashpool.kit.sv2.Sv2Client;
import org.ehashpool.kit.sv2.Sv2ClientSettings;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.mining.client.ClientChannels;
import org.ehashpool.mining.client.ClientEffect;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.Tlv;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/** A miner on loopback, whose shares cost nothing because every hash is one. */
final class MinerPeer {
    private static final AtomicLong NAMES = new AtomicLong();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Sv2Connection connection;
    final List<Message> received = new CopyOnWriteArrayList<>();
    private final ClientChannels channels = new ClientChannels();
    private final List<ClientEffect> effects = new CopyOnWriteArrayList<>();
    private long nonce;

    MinerPeer(PoolScenario pool, long flags, List<Integer> extensions) {
        Sv2Client client = new Sv2Client(
                pool.platform.environment(), "miner-" + NAMES.incrementAndGet(), Sv2ClientSettings.DEFAULT);
        SetupRequest request = SetupRequest.of(Protocol.MINING, new ClientDescription("test", "peer", "1.0", "device"))
                .withFlags(flags)
                .withExtensions(extensions);
        ConnectOutcome outcome = PoolScenario.await(
                client.connect(pool.miners.port().port().url().orElseThrow(), request));
        if (!(outcome instanceof ConnectOutcome.Connected(Sv2Connection made, var timings))) {
            throw new AssertionError("not connected: " + outcome);
        }
        connection = made;
        connection.messageHandler(this::receive);
    }

    private synchronized void receive(Decoded decoded) {
        if (decoded.message() instanceof Mining.FromServer message) {
            effects.addAll(channels.receive(message));
        }
        received.add(decoded.message());
    }

    <T> List<T> received(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until so many messages of a kind have come, and returns the last. */
    <T> T awaitMessage(Class<T> type, int count) {
        await().atMost(PATIENCE).until(() -> received(type).size() >= count);
        return received(type).get(count - 1);
    }

    private <T extends ClientEffect> T awaitEffect(Class<T> type, int count) {
        await().atMost(PATIENCE)
                .until(() -> effects.stream().filter(type::isInstance).count() >= count);
        return effects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList()
                .get(count - 1);
    }

    private int opened() {
        return (int)
                effects.stream().filter(ClientEffect.Opened.class::isInstance).count();
    }

    long openExtended(String user) {
        int before = opened();
        connection.send(extendedRequest(user));
        return awaitWork(
                awaitEffect(ClientEffect.Opened.class, before + 1).channel().id());
    }

    long openStandard(String user) {
        int before = opened();
        connection.send(standardRequest(user));
        return awaitWork(
                awaitEffect(ClientEffect.Opened.class, before + 1).channel().id());
    }

    synchronized Mining.OpenExtendedMiningChannel extendedRequest(String user) {
        return channels.openExtended(Text.of(user), 1e6f, Target.EASIEST, 8);
    }

    private synchronized Mining.OpenStandardMiningChannel standardRequest(String user) {
        return channels.openStandard(Text.of(user), 1e6f, Target.EASIEST);
    }

    private long awaitWork(long channel) {
        await().atMost(PATIENCE).until(() -> work(channel).isPresent());
        return channel;
    }

    synchronized Optional<AssignedJob> work(long channel) {
        return channels.work(channel);
    }

    /** A share for a job, found at once. */
    synchronized Mining.FromClient share(long channel, AssignedJob job) {
        return channels.submit(
                        channel,
                        job.job().id(),
                        ++nonce,
                        job.tip().minimumTime(),
                        job.job().version(),
                        Bytes.of(new byte[job.rollableSize()]))
                .orElseThrow();
    }

    /** Submits so many shares for the latest job. */
    void submit(long channel, int count, Tlv... tlvs) {
        List<Mining.FromClient> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shares.add(share(channel, work(channel).orElseThrow()));
        }
        shares.forEach(share -> connection.send(share, List.of(tlvs)));
    }

    /** Submits, for the latest job, so many shares with the nonces that came first. */
    void resubmit(long channel, int count) {
        nonce = 0;
        submit(channel, count);
    }
}
