package org.ehashpool.templateprovider;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.ConnectOutcome;
import org.ehashpool.kit.sv2.ConnectionIds;
import org.ehashpool.kit.sv2.SetupRequest;
import org.ehashpool.kit.sv2.Sv2Client;
import org.ehashpool.kit.sv2.Sv2ClientSettings;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.Sv2Server;
import org.ehashpool.kit.sv2.Sv2ServerSettings;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.mining.coinbase.Network;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.templateprovider.block.BlockSubmitter;
import org.ehashpool.templateprovider.node.NodeConfig;
import org.ehashpool.templateprovider.node.NodeWatch;
import org.ehashpool.templateprovider.serve.ClientDirectory;
import org.ehashpool.templateprovider.serve.ServingMeters;
import org.ehashpool.templateprovider.serve.Shelf;
import org.ehashpool.templateprovider.serve.TemplateDesk;
import org.ehashpool.templateprovider.template.Halving;

/** The template provider's parts put together on loopback, in front of a node at a URL. */
final class ProviderRig implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 CURVE = CurveSelection.select(RANDOM).curve();
    private static final int MAXIMUM_ROOMS = 4;

    final BlockSubmitter blocks;
    final NodeWatch watch;
    final Shelf shelf = new Shelf(64, 64 << 20);
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    private final HandshakeWorkers workers = new HandshakeWorkers(2, 64);
    private final ServiceMetrics metrics = ServiceMetrics.create("template-provider", "test");
    private final AuthorityKeyPair authority = AuthorityKeyPair.generate(CURVE, RANDOM);
    private final Sv2Environment environment = new Sv2Environment(
            vertx, CURVE, RANDOM, Clock.systemUTC(), workers, new SimpleMeterRegistry(), "test", new ConnectionIds());
    private final Sv2Server server;
    private final AtomicInteger names = new AtomicInteger();
    private final List<TemplateClient> clients = new ArrayList<>();

    ProviderRig(URI url, Path directory, Duration withdrawAfter, Duration patience) {
        NodeConfig config = new NodeConfig(
                Optional.of(url),
                Optional.empty(),
                Optional.of("me"),
                Optional.of(Secret.of("secret")),
                Optional.empty(),
                Network.REGTEST,
                Duration.ofMillis(200),
                1_000,
                withdrawAfter,
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        NodeConnection node = NodeConnection.of(config);
        blocks = new BlockSubmitter(
                vertx,
                Clock.systemUTC(),
                () -> node.open(vertx, config),
                new BlockSubmitter.Settings(directory.resolve("blocks"), Duration.ofSeconds(60), Duration.ofMillis(50)),
                outcome -> metrics.counter("blocks", "Blocks", "outcome", outcome));
        var loop = ((VertxInternal) vertx).createEventLoopContext();
        TemplateDesk desk = new TemplateDesk(
                vertx,
                loop,
                Clock.systemUTC(),
                System::nanoTime,
                new TemplateIds(Clock.systemUTC().instant()),
                shelf,
                new TemplateDesk.Settings(new Halving(150), MAXIMUM_ROOMS, patience, true));
        watch = new NodeWatch(vertx, loop, Clock.systemUTC(), () -> node.open(vertx, config), config, desk);
        ClientDirectory directoryOfClients =
                new ClientDirectory(desk, shelf, blocks, Clock.systemUTC(), new ServingMeters(metrics));
        server = new Sv2Server(
                environment,
                "tdp",
                Sv2ServerSettings.of("127.0.0.1", 0).withLink(TemplateProviderService.LINK),
                ServerIdentity.issuing(CURVE, authority, EllSwiftKeyPair.generate(CURVE, RANDOM), 3_600, RANDOM),
                SetupPolicy.of(Protocol.TEMPLATE_DISTRIBUTION.number()),
                directoryOfClients::connected);
        await(server.listen(authority.publicKey()));
        await(blocks.start());
        await(watch.start());
    }

    /** One that speaks the protocol from the other side. */
    TemplateClient connect() {
        Sv2Client client = new Sv2Client(environment, "client-" + names.incrementAndGet(), Sv2ClientSettings.DEFAULT);
        SetupRequest request =
                SetupRequest.of(Protocol.TEMPLATE_DISTRIBUTION, new ClientDescription("ehashpool", "test", "0", ""));
        ConnectOutcome outcome =
                await(client.connect(new Sv2Url("127.0.0.1", server.port(), authority.publicKey()), request));
        if (outcome instanceof ConnectOutcome.Connected(var connection, var timings)) {
            TemplateClient connected = new TemplateClient(connection);
            clients.add(connected);
            return connected;
        }
        throw new AssertionError("not connected: " + outcome);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        clients.forEach(TemplateClient::close);
        await(server.stop(Duration.ofMillis(200)));
        await(watch.stop());
        await(vertx.close());
        workers.close();
        metrics.close();
    }
}
