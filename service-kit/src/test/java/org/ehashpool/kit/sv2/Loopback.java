package org.ehashpool.kit.sv2;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.link.SetupDeadlines;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;

/** Everything endpoints need, on loopback, for one test. */
final class Loopback implements AutoCloseable {

    static final ClientDescription TESTER = new ClientDescription("ehashpool", "test", "0", "");
    static final int ECHO_EXTENSION = 0x7001;
    static final SetupDeadlines PATIENT = new SetupDeadlines(Duration.ofSeconds(20), Duration.ofSeconds(20));
    static final Limits LARGE = new Limits(4 << 10, 1 << 20, (1 << 24) - 1, (1 << 24) - 1, 1 << 20, 1 << 20, 4 << 10);

    private static final SecureRandom RANDOM = new SecureRandom();
    static final Secp256k1 CURVE = CurveSelection.select(RANDOM).curve();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    final HandshakeWorkers workers;
    final Sv2Environment environment;
    final AuthorityKeyPair authority = AuthorityKeyPair.generate(CURVE, RANDOM);
    private final AtomicInteger names = new AtomicInteger();
    private final List<Sv2Server> servers = new ArrayList<>();

    Loopback() {
        this(new HandshakeWorkers(2, 1_024));
    }

    Loopback(HandshakeWorkers workers) {
        this.workers = workers;
        this.environment = new Sv2Environment(
                vertx, CURVE, RANDOM, Clock.systemUTC(), workers, meters, "test", new ConnectionIds());
    }

    static Sv2ServerSettings settings() {
        return Sv2ServerSettings.of("127.0.0.1", 0)
                .withLink(LinkSettings.DEFAULT.withPayloadLimits(LARGE))
                .withDeadlines(PATIENT);
    }

    static SetupPolicy echoPolicy() {
        return SetupPolicy.of(0).withExtensions(new ExtensionPolicy(Set.of(2, ECHO_EXTENSION), Set.of(), Set.of()));
    }

    ServerIdentity identity() {
        return ServerIdentity.issuing(CURVE, authority, EllSwiftKeyPair.generate(CURVE, RANDOM), 3_600, RANDOM);
    }

    Sv2Server serve(Sv2ServerSettings settings, SetupPolicy policy, Handler<Sv2Connection> connected) {
        Sv2Server server = new Sv2Server(
                environment, "server-" + names.incrementAndGet(), settings, identity(), policy, connected);
        await(server.listen(authority.publicKey()));
        servers.add(server);
        return server;
    }

    /** A server that sends every frame of an unknown extension back. */
    Sv2Server serveEcho() {
        return serve(settings(), echoPolicy(), Loopback::echo);
    }

    static void echo(Sv2Connection connection) {
        connection.unknownExtensionHandler(unknown -> connection.sendEncoded(EncodedFrame.of(unknown)));
        connection.messageHandler(message -> {});
    }

    Sv2Client client(Sv2ClientSettings settings) {
        return new Sv2Client(environment, "client-" + names.incrementAndGet(), settings);
    }

    Sv2Client client() {
        return client(Sv2ClientSettings.DEFAULT.withLink(LinkSettings.DEFAULT.withPayloadLimits(LARGE)));
    }

    Sv2Connection connect(Sv2Server server) {
        return connect(url(server));
    }

    Sv2Connection connect(Sv2Url url) {
        return connected(await(client().connect(url, mining())));
    }

    static Sv2Connection connected(ConnectOutcome outcome) {
        if (outcome instanceof ConnectOutcome.Connected(Sv2Connection connection, var timings)) {
            return connection;
        }
        throw new AssertionError("not connected: " + outcome);
    }

    static SetupRequest mining() {
        return SetupRequest.of(Protocol.MINING, TESTER);
    }

    Sv2Url url(Sv2Server server) {
        return new Sv2Url("127.0.0.1", server.port(), authority.publicKey());
    }

    /** A frame of an extension nobody negotiated, with a pattern for payload. */
    static UnknownExtension frame(int size) {
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) (i * 31 + size);
        }
        return new UnknownExtension(new FrameHeader(ECHO_EXTENSION, false, 1, size), Bytes.of(payload));
    }

    /** Keeps one handshake worker busy until it is released. */
    void holdWorker(CountDownLatch held, CountDownLatch release) {
        boolean taken = workers.offer(() -> {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        if (!taken) {
            throw new AssertionError("no worker");
        }
    }

    double closes(String server, String reason) {
        return meters.get("ehash.test.sv2.closes")
                .tag("endpoint", server)
                .tag("reason", reason)
                .counter()
                .count();
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
        servers.forEach(server -> await(server.stop(Duration.ofMillis(200))));
        await(vertx.close());
        workers.close();
    }
}
