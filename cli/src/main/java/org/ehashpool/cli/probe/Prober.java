package org.ehashpool.cli.probe;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.sv2.ClientDescription;
import org.ehashpool.kit.sv2.ConnectOutcome;
import org.ehashpool.kit.sv2.ConnectionIds;
import org.ehashpool.kit.sv2.SetupRequest;
import org.ehashpool.kit.sv2.Sv2Client;
import org.ehashpool.kit.sv2.Sv2ClientSettings;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.Sv2Environment;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;

/** Connects to Stratum V2 servers, one probe after another, and tells what happened. */
public final class Prober implements AutoCloseable {
    /** In the experimental range of §3.4: a server that does not know it discards it. */
    private static final int ECHO_EXTENSION = 0x7001;

    private static final int ECHO_MESSAGE = 0x01;
    private static final int MAX_ECHO = FrameHeader.MAXIMUM_PAYLOAD;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final HandshakeWorkers workers = new HandshakeWorkers(2, 16);
    private final Secp256k1 curve;
    private final Sv2Client client;
    private final Duration timeout;

    /** @param timeout of a whole connection, and of each echo */
    public Prober(SecureRandom random, Duration timeout) {
        this.timeout = timeout;
        curve = CurveSelection.select(random).curve();
        Sv2Environment environment = new Sv2Environment(
                vertx,
                curve,
                random,
                Clock.systemUTC(),
                workers,
                new SimpleMeterRegistry(),
                "probe",
                new ConnectionIds());
        Sv2ClientSettings settings = Sv2ClientSettings.DEFAULT
                .withLink(LinkSettings.DEFAULT.withPayloadLimits(Limits.DEFAULT.withUnknownExtension(MAX_ECHO)))
                .withDeadlines(timeout, Sv2ClientSettings.DEFAULT.deadlines(), timeout);
        client = new Sv2Client(environment, "probe", settings);
    }

    /** What reads authority keys in addresses. */
    public Secp256k1 curve() {
        return curve;
    }

    /**
     * What is asked of a server.
     *
     * @param flags SetupConnection.flags, U32
     * @param extensions to be requested
     * @param echoes payload sizes in bytes of frames that the server is expected to send back
     */
    public record Question(Protocol protocol, long flags, List<Integer> extensions, List<Integer> echoes) {
        public Question {
            extensions = List.copyOf(extensions);
            echoes = List.copyOf(echoes);
        }
    }

    /**
     * How long an echo took.
     *
     * @param bytes of payload
     */
    public record Echo(int bytes, Duration roundTrip) {}

    /**
     * What a probe found.
     *
     * @param outcome of the connection
     * @param echoes those that came back as they were sent
     * @param failure why not all did
     */
    public record Finding(ConnectOutcome outcome, List<Echo> echoes, Optional<String> failure) {
        /** Whether the connection was set up and every echo came back. */
        public boolean good() {
            return outcome instanceof ConnectOutcome.Connected && failure.isEmpty();
        }
    }

    /** Probes the server at that address, whose certificate must be of the address's authority. */
    public Finding probe(Sv2Url url, Question question) throws InterruptedException {
        return finding(client.connect(url, request(question)), question);
    }

    /** Probes whoever answers there. */
    public Finding probeAnyone(String host, int port, Question question) throws InterruptedException {
        return finding(client.connectUnauthenticated(host, port, request(question)), question);
    }

    private static SetupRequest request(Question question) {
        return SetupRequest.of(
                        question.protocol(),
                        new ClientDescription("ehashpool", "probe", System.getProperty("os.arch"), ""))
                .withFlags(question.flags())
                .withExtensions(question.extensions());
    }

    private Finding finding(Future<ConnectOutcome> connecting, Question question) throws InterruptedException {
        ConnectOutcome outcome = await(connecting);
        if (!(outcome instanceof ConnectOutcome.Connected connected)) {
            return new Finding(outcome, List.of(), Optional.of("not connected"));
        }
        List<Echo> echoes = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        try {
            for (int size : question.echoes()) {
                echoes.add(echo(connected.connection(), size));
            }
        } catch (ProbeFailure e) {
            failure = Optional.of(e.getMessage());
        } finally {
            connected.connection().close();
        }
        return new Finding(outcome, List.copyOf(echoes), failure);
    }

    private Echo echo(Sv2Connection connection, int size) throws InterruptedException {
        byte[] pattern = new byte[size];
        for (int i = 0; i < size; i++) {
            pattern[i] = (byte) (31 * i + size);
        }
        UnknownExtension sent = new UnknownExtension(
                new FrameHeader(ECHO_EXTENSION, false, ECHO_MESSAGE, size), Bytes.copyOf(pattern, 0, size));
        Promise<UnknownExtension> back = Promise.promise();
        connection.unknownExtensionHandler(back::tryComplete);
        connection.messageHandler(message -> {});
        var _ = connection
                .closed()
                .onSuccess(
                        cause -> back.tryFail(new ProbeFailure("the server closed the connection before it sent back "
                                + size + " bytes: " + cause.reason().label())));
        long began = System.nanoTime();
        connection.sendEncoded(EncodedFrame.of(sent));
        UnknownExtension received = await(back.future()
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(late -> Future.failedFuture(
                        late instanceof ProbeFailure
                                ? late
                                : new ProbeFailure(
                                        size + " bytes did not come back within " + timeout.toMillis() + " ms"))));
        Duration roundTrip = Duration.ofNanos(System.nanoTime() - began);
        if (!received.equals(sent)) {
            throw new ProbeFailure(size + " bytes came back changed");
        }
        return new Echo(size, roundTrip);
    }

    private static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProbeFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        var _ = vertx.close();
        workers.close();
    }

    /** The server did not do what it was asked. */
    private static final class ProbeFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ProbeFailure(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
