package org.ehashpool.miner.upstream;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.Sv2Server;
import org.ehashpool.kit.sv2.Sv2ServerSettings;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.coinbase.OutputScript;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.extranonce.ExtranonceAllocator;
import org.ehashpool.mining.extranonce.ExtranonceLayout;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.mining.job.JobUpdate;
import org.ehashpool.mining.job.TemplateJobs;
import org.ehashpool.mining.server.ChannelError;
import org.ehashpool.mining.server.ChannelStatus;
import org.ehashpool.mining.server.ChannelTerms;
import org.ehashpool.mining.server.ConnectionSettings;
import org.ehashpool.mining.server.CustomJobs;
import org.ehashpool.mining.server.LoopResources;
import org.ehashpool.mining.server.ServerChannels;
import org.ehashpool.mining.server.ServerEffect;
import org.ehashpool.mining.share.ShareGate;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.ehashpool.sv2.message.Mining.CloseChannel;
import org.ehashpool.sv2.message.Mining.OpenExtendedMiningChannel;
import org.ehashpool.sv2.message.Mining.OpenStandardMiningChannel;
import org.ehashpool.sv2.message.Mining.SubmitSharesExtended;
import org.ehashpool.sv2.message.Mining.SubmitSharesStandard;
import org.ehashpool.sv2.message.Mining.UpdateChannel;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/** A whole pool of the kit's server and the mining module's channels, with templates of its own. */
public final class TestPool implements AutoCloseable {
    public static final long HARD = 0x1d00_ffffL;
    private static final long TIME = 1_700_000_000L;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Bytes COMMITMENT = Bytes.fromHex("0000000000000000266a24aa21a9ed" + "ab".repeat(32));

    private final AuthorityKeyPair authority;
    private final Sv2Server server;
    private final ChannelTerms terms;
    private final long bits;
    private final JobNumbers numbers = new JobNumbers();
    private final ExtranonceAllocator extranonces = ExtranonceAllocator.of(ExtranonceLayout.POOL, 1);
    private final LoopResources resources =
            new LoopResources(extranonces, numbers, new ShareValidator(), new DoubleSha256(), CustomJobs.UNSUPPORTED);
    private final TemplateJobs jobs;
    private final Map<Sv2Connection, ServerChannels> open = new LinkedHashMap<>();
    private final Map<String, Integer> rejected = new TreeMap<>();
    private final List<String> users = new ArrayList<>();
    private final List<String> workers = new ArrayList<>();
    private final List<UpdateChannel> updates = new ArrayList<>();
    private Optional<ChannelError> refusal = Optional.empty();
    private long template;
    private long tip;
    private int connections;
    private int accepted;
    private int acceptedSinceChange;
    private int blocks;

    /** @param target of every channel; bits of the chain */
    public TestPool(MinerPlatform platform, Target target, long bits) {
        this.bits = bits;
        terms = new ChannelTerms(60, 1e6, Target.EASIEST, Optional.of(target));
        jobs = new TemplateJobs(
                new TemplateJobs.Settings(
                        PayoutOutputs.to(
                                new OutputScript(Bytes.fromHex("0014751e76e8199196d454941c45d1b3a323f1433bd6"))),
                        Bytes.EMPTY,
                        ExtranonceLayout.POOL.fullSizes(),
                        true),
                numbers);
        newTip();
        authority = AuthorityKeyPair.generate(platform.curve(), RANDOM);
        server = new Sv2Server(
                platform.environment(),
                "test-pool-" + RANDOM.nextLong(),
                Sv2ServerSettings.of("127.0.0.1", 0),
                ServerIdentity.issuing(
                        platform.curve(), authority, EllSwiftKeyPair.generate(platform.curve(), RANDOM), 3_600, RANDOM),
                SetupPolicy.of(0)
                        .withSupportedFlags(7)
                        .withExtensions(new ExtensionPolicy(Set.of(WorkerTracking.EXTENSION), Set.of(), Set.of())),
                this::connected);
        await(server.listen(authority.publicKey()));
    }

    public Sv2Url url() {
        return new Sv2Url("127.0.0.1", server.port(), authority.publicKey());
    }

    private static <T> void await(io.vertx.core.Future<T> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized void connected(Sv2Connection connection) {
        connections++;
        ServerChannels channels = new ServerChannels(
                ConnectionSettings.of(connection.info().flags(), ConnectionSettings.Limits.DEFAULT),
                resources,
                jobs.snapshot());
        open.put(connection, channels);
        connection.messageHandler(message -> received(connection, channels, message));
        connection.closed().onSuccess(gone -> {
            synchronized (this) {
                open.remove(connection);
            }
        });
    }

    private synchronized void received(Sv2Connection connection, ServerChannels channels, Decoded decoded) {
        long now = System.currentTimeMillis();
        perform(
                connection,
                channels,
                switch (decoded.message()) {
                    case OpenStandardMiningChannel m -> {
                        users.add(m.userIdentity().toString());
                        yield refusal.isPresent()
                                ? ServerChannels.refuseToOpen(m.requestId(), refusal.get())
                                : channels.open(m, terms, now);
                    }
                    case OpenExtendedMiningChannel m -> {
                        users.add(m.userIdentity().toString());
                        yield refusal.isPresent()
                                ? ServerChannels.refuseToOpen(m.requestId(), refusal.get())
                                : channels.open(m, terms, now);
                    }
                    case SubmitSharesStandard m -> channels.submit(m, ShareGate.OPEN, now);
                    case SubmitSharesExtended m -> {
                        WorkerTracking.userIdentity(decoded.tlvs()).ifPresent(worker -> workers.add(worker.toString()));
                        yield channels.submit(m, ShareGate.OPEN, now);
                    }
                    case UpdateChannel m -> {
                        updates.add(m);
                        yield channels.update(m, now);
                    }
                    case CloseChannel m -> channels.close(m);
                    case Object other -> throw new AssertionError(other);
                });
    }

    private void perform(Sv2Connection connection, ServerChannels channels, List<ServerEffect> effects) {
        for (ServerEffect effect : effects) {
            switch (effect) {
                case ServerEffect.Send send -> connection.send(send.message());
                case ServerEffect.ShareAccepted share -> {
                    accepted++;
                    acceptedSinceChange++;
                    perform(
                            connection,
                            channels,
                            channels.recorded(share.submission().channelId(), 1));
                }
                case ServerEffect.ShareRejected share ->
                    rejected.merge(share.error().code().toString(), 1, Integer::sum);
                case ServerEffect.BlockFound block -> blocks++;
                case ServerEffect.ChannelOpened channel -> {}
                case ServerEffect.ChannelClosed channel -> {}
                case ServerEffect.TargetChanged channel -> {}
            }
        }
    }

    private NewTemplate template(boolean future) {
        List<U256> path = List.of(
                U256.of(BigInteger.valueOf(31).pow(30)),
                U256.of(BigInteger.valueOf(37).pow(30)));
        return new NewTemplate(
                ++template,
                future,
                0x2000_0000L,
                2,
                BlockHeight.push(800_000),
                0xffff_fffeL,
                312_500_000L + template,
                1,
                COMMITMENT,
                799_999,
                path);
    }

    /** A new block on the chain: a future job and the previous hash. */
    public final synchronized void newTip() {
        broadcast(jobs.onNewTemplate(template(true)));
        tip++;
        broadcast(jobs.onSetNewPrevHash(new SetNewPrevHash(
                template,
                U256.of(tip),
                TIME,
                bits,
                Target.ofCompactBits(bits).orElseThrow().value())));
        extranonces.previousHashChanged(U256.of(tip));
        acceptedSinceChange = 0;
    }

    /** Another job on the same block. */
    public synchronized void newJob() {
        broadcast(jobs.onNewTemplate(template(false)));
        acceptedSinceChange = 0;
    }

    private void broadcast(TemplateJobs.Result result) {
        if (!(result instanceof TemplateJobs.Updated(JobUpdate update))) {
            throw new AssertionError(result);
        }
        open.forEach((connection, channels) -> perform(connection, channels, channels.update(update)));
    }

    /** A harder target for every channel, with a job to go with it. */
    public synchronized void harden(Target target) {
        open.forEach((connection, channels) -> {
            for (ChannelStatus channel : channels.channels()) {
                perform(
                        connection,
                        channels,
                        channels.update(
                                new UpdateChannel(channel.id(), 1e6f, target.value()), System.currentTimeMillis()));
            }
        });
        acceptedSinceChange = 0;
    }

    public synchronized void changePrefixes() {
        open.forEach((connection, channels) -> {
            for (ChannelStatus channel : channels.channels()) {
                perform(connection, channels, channels.changePrefix(channel.id()));
            }
        });
    }

    public synchronized void closeOneChannel() {
        open.forEach((connection, channels) -> perform(
                connection,
                channels,
                channels.closeByServer(channels.channels().getFirst().id(), Text.of("tired"))));
    }

    public synchronized void refuseChannels(ChannelError error) {
        refusal = Optional.of(error);
    }

    public synchronized void sendElsewhere(Sv2Url elsewhere) {
        open.keySet()
                .forEach(connection -> connection.send(new Reconnect(Text.of(elsewhere.host()), elsewhere.port())));
    }

    public synchronized void hangUp() {
        List.copyOf(open.keySet()).forEach(connection -> connection.abort(CloseReason.CLOSED));
    }

    public synchronized int accepted() {
        return accepted;
    }

    public synchronized int acceptedSinceChange() {
        return acceptedSinceChange;
    }

    public synchronized Map<String, Integer> rejected() {
        return Map.copyOf(rejected);
    }

    public synchronized int blocks() {
        return blocks;
    }

    public synchronized int connections() {
        return connections;
    }

    public synchronized int openChannels() {
        return open.values().stream()
                .mapToInt(channels -> channels.channels().size())
                .sum();
    }

    public synchronized List<String> users() {
        return List.copyOf(users);
    }

    public synchronized List<String> workers() {
        return List.copyOf(workers);
    }

    public synchronized List<UpdateChannel> updates() {
        return List.copyOf(updates);
    }

    @Override
    public void close() {
        await(server.stop(Duration.ofMillis(200)));
    }
}
