package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehashpool.kit.sv2.Loopback.await;
import static org.ehashpool.kit.sv2.Loopback.frame;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.link.SetupDeadlines;
import org.ehashpool.kit.sv2.setup.ExtensionPolicy;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.ExtensionsNegotiation.RequestExtensions;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server does with clients that follow the protocol, more or less. */
final class Sv2ServerTest {

    private static final SetupPolicy REQUIRING =
            SetupPolicy.of(0).withExtensions(new ExtensionPolicy(Set.of(2, 5), Set.of(5), Set.of()));

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    // --- required extensions -------------------------------------------------------------------------------------

    @Test
    void shouldHandOverOnlyAfterNegotiationWhenExtensionIsRequired() throws Exception {
        BlockingQueue<Sv2Connection> accepted = new LinkedBlockingQueue<>();
        Sv2Server server = loopback.serve(Loopback.settings(), REQUIRING, accepted::add);
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            // Refused once, then retried with what was demanded.
            peer.send(new RequestExtensions(1, List.of(2, 3)));
            assertThat(peer.readFrame()).startsWith(1, 0, 2).endsWith(1, 0, 1, 0, 3, 0, 1, 0, 5, 0);
            assertThat(accepted.poll(100, TimeUnit.MILLISECONDS)).isNull();
            peer.send(new RequestExtensions(2, List.of(2, 5)));
            assertThat(peer.readFrame()).startsWith(1, 0, 1).endsWith(2, 0, 2, 0, 2, 0, 5, 0);
            assertThat(accepted.poll(5, TimeUnit.SECONDS).info().extensions().toList())
                    .containsExactly(2, 5);
        }
    }

    @Test
    void shouldDisconnectWhenClientDoesNotRetryWithTheRequiredExtension() throws Exception {
        Sv2Server server = loopback.serve(Loopback.settings(), REQUIRING, Loopback::echo);
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            peer.send(new RequestExtensions(1, List.of(2)));
            peer.readFrame();
            peer.send(new RequestExtensions(2, List.of(3)));
            assertThat(peer.readFrame()).startsWith(1, 0, 2);
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("extension_required", 1);
    }

    @Test
    void shouldDisconnectWhenClientGoesOnWithoutTheRequiredExtension() throws Exception {
        Sv2Server server = loopback.serve(Loopback.settings(), REQUIRING, Loopback::echo);
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            peer.send(new Mining.SubmitSharesExtended(1, 2, 3, 4, 5, 6, Bytes.fromHex("00")));
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("extension_required", 1);
    }

    @Test
    void shouldDisconnectAtTheDeadlineWhenClientNeverRequestsWhatIsRequired() throws Exception {
        Sv2Server server = loopback.serve(
                Loopback.settings().withDeadlines(new SetupDeadlines(Duration.ofSeconds(2), Duration.ofSeconds(2))),
                REQUIRING,
                Loopback::echo);
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("setup_timeout", 1);
    }

    @Test
    void shouldNeedNoRequestWhenProtocolImpliesTheExtension() throws Exception {
        BlockingQueue<Sv2Connection> accepted = new LinkedBlockingQueue<>();
        SetupPolicy quotes =
                SetupPolicy.of(3).withExtensions(new ExtensionPolicy(Set.of(0x4548), Set.of(0x4548), Set.of(0x4548)));
        Sv2Server server = loopback.serve(Loopback.settings(), quotes, accepted::add);
        Sv2Connection client = Loopback.connected(await(loopback.client()
                .connect(loopback.url(server), SetupRequest.of(Protocol.MINT_QUOTE, Loopback.TESTER))));
        assertThat(client.info().protocol()).isEqualTo(Protocol.MINT_QUOTE);
        ConnectionInfo info = accepted.poll(5, TimeUnit.SECONDS).info();
        assertThat(info.kind().label()).isEqualTo("mint");
        assertThat(info.extensions().toList()).containsExactly(0x4548);
    }

    // --- flow ----------------------------------------------------------------------------------------------------

    @Test
    void shouldTellWhenToGoOnWhenPeerReadsSlowly() throws Exception {
        Promise<Sv2Connection> accepted = Promise.promise();
        AtomicInteger drained = new AtomicInteger();
        int frames = 3_000;
        AtomicInteger sent = new AtomicInteger();
        EncodedFrame frame = EncodedFrame.of(frame(8_000));
        LinkSettings narrow = LinkSettings.DEFAULT
                .withPayloadLimits(Loopback.LARGE)
                .withWriteLimits(16 << 10, 32 << 10, 8 << 20, Duration.ofSeconds(60));
        Sv2Server server = loopback.serve(Loopback.settings().withLink(narrow), Loopback.echoPolicy(), connection -> {
            connection.messageHandler(message -> {});
            Runnable fill = () -> {
                while (sent.get() < frames && connection.isWritable()) {
                    connection.sendEncoded(frame);
                    sent.incrementAndGet();
                }
            };
            connection.drainHandler(_ -> {
                drained.incrementAndGet();
                fill.run();
            });
            fill.run();
            accepted.complete(connection);
        });
        Sv2Connection client = loopback.connect(server);
        BlockingQueue<UnknownExtension> received = new LinkedBlockingQueue<>();
        client.unknownExtensionHandler(received::add);
        client.messageHandler(message -> {});
        client.pause();
        Awaitility.await().until(() -> !await(accepted.future()).isWritable());
        int whilePaused = sent.get();
        assertThat(whilePaused).isLessThan(frames);
        client.resume();
        Awaitility.await().untilAsserted(() -> assertThat(received).hasSize(frames));
        assertThat(drained).hasPositiveValue();
    }

    // --- endpoints of one process --------------------------------------------------------------------------------

    @Test
    void shouldFailToListenWhenAnotherEndpointHasThePort() throws Exception {
        Sv2Server first = loopback.serveEcho();
        try (ServerSocket taken = new ServerSocket(0)) {
            Sv2ServerSettings settings = Sv2ServerSettings.of("0.0.0.0", taken.getLocalPort());
            assertThatThrownBy(() -> loopback.serve(settings, Loopback.echoPolicy(), Loopback::echo))
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasStackTraceContaining("Address already in use");
        }
        Sv2Server fixed =
                loopback.serve(Sv2ServerSettings.of("127.0.0.2", first.port()), Loopback.echoPolicy(), Loopback::echo);
        assertThat(fixed.port()).isEqualTo(first.port());
        // Vert.x would share it, and every other peer would meet the wrong endpoint.
        assertThatThrownBy(() -> loopback.serve(
                        Sv2ServerSettings.of("127.0.0.2", first.port()), Loopback.echoPolicy(), Loopback::echo))
                .hasRootCauseInstanceOf(BindException.class)
                .hasStackTraceContaining("another endpoint listens");
    }

    @Test
    void shouldNumberConnectionsOfAllEndpointsWhenTheyShareTheAllocator() {
        Sv2Server one = loopback.serveEcho();
        Sv2Server other = loopback.serveEcho();
        Set<Long> ids = new HashSet<>();
        for (Sv2Server server : List.of(one, other, one, other)) {
            ids.add(loopback.connect(server).connectionId());
        }
        Awaitility.await()
                .until(() -> one.connections().size() + other.connections().size() == 4);
        for (Sv2Server server : List.of(one, other)) {
            server.connections().forEach(connection -> ids.add(connection.connectionId()));
        }
        assertThat(ids).hasSize(8);
    }

    @Test
    void shouldRefuseAProtocolThatNobodyKnows() {
        ServerIdentity identity = ServerIdentity.issuing(
                Loopback.CURVE,
                loopback.authority,
                EllSwiftKeyPair.generate(Loopback.CURVE, loopback.environment.random()),
                60,
                loopback.environment.random());
        assertThatThrownBy(() -> new Sv2Server(
                        loopback.environment, "none", Loopback.settings(), identity, SetupPolicy.of(9), Loopback::echo))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // --- metrics -------------------------------------------------------------------------------------------------

    @Test
    void shouldCountConnectionsByStateAndKindWhenTheyComeAndGo() throws Exception {
        Sv2Server server = loopback.serveEcho();
        RawPeer silent = new RawPeer(server.port());
        Sv2Connection connection = loopback.connect(server);
        Awaitility.await()
                .until(() -> connections("setup", "unknown") == 1 && connections("established", "mining") == 1);
        assertThat(loopback.meters
                        .get("ehash.test.sv2.frames")
                        .tag("endpoint", "server-1")
                        .tag("direction", "in")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(loopback.meters
                        .get("ehash.test.sv2.handshakes")
                        .tag("endpoint", "server-1")
                        .counter()
                        .count())
                .isEqualTo(1);
        silent.close();
        connection.close();
        Awaitility.await()
                .until(() -> connections("setup", "unknown") == 0 && connections("established", "mining") == 0);
        assertCloses("peer_closed", 2);
    }

    @Test
    void shouldHaveAFixedSetOfSeriesWhateverPeersSay() throws Exception {
        Sv2Server server = loopback.serveEcho();
        loopback.connect(server);
        int before = series();
        for (int i = 0; i < 5; i++) {
            ClientDescription description = new ClientDescription("vendor " + i, "hardware " + i, "", "");
            Loopback.connected(await(
                    loopback.client().connect(loopback.url(server), SetupRequest.of(Protocol.MINING, description))));
        }
        assertThat(series() - before).isEqualTo(0);
        assertThat(loopback.meters.getMeters().stream()
                        .map(Meter::getId)
                        .flatMap(id -> id.getTags().stream())
                        .map(Tag::getKey)
                        .distinct())
                .isSubsetOf("endpoint", "state", "kind", "reason", "direction");
    }

    private int series() {
        return (int) loopback.meters.getMeters().stream()
                .filter(meter -> "server-1".equals(meter.getId().getTag("endpoint")))
                .count();
    }

    private double connections(String state, String kind) {
        return loopback.meters
                .get("ehash.test.sv2.connections")
                .tag("endpoint", "server-1")
                .tag("state", state)
                .tag("kind", kind)
                .gauge()
                .value();
    }

    private void assertCloses(String reason, int count) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(loopback.closes("server-1", reason)).isEqualTo(count));
    }
}
