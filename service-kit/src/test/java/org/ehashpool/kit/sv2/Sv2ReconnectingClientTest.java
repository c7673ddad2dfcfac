package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.kit.sv2.Loopback.await;
import static org.ehashpool.kit.sv2.Loopback.mining;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.ehashpool.kit.sv2.UpstreamStatus.State;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.setup.SetupPolicy;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.message.Common.Reconnect;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets; when to dial is decided, and tested, in ReconnectPolicy. */
final class Sv2ReconnectingClientTest {

    private static final ReconnectSettings QUICK = new ReconnectSettings(
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(400));

    private final Loopback loopback = new Loopback();
    private final BlockingQueue<Sv2Connection> connections = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        loopback.close();
    }

    private Sv2ReconnectingClient client(Sv2Url... peers) {
        return new Sv2ReconnectingClient(
                loopback.environment,
                "upstream",
                Sv2ClientSettings.DEFAULT,
                QUICK,
                List.of(peers),
                mining(),
                connection -> {
                    connection.messageHandler(message -> {});
                    connections.add(connection);
                });
    }

    private Sv2Connection nextConnection() throws InterruptedException {
        Sv2Connection connection = connections.poll(10, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("no connection");
        }
        return connection;
    }

    private static int peerPort(Sv2Connection connection) {
        return connection.info().peer().getPort();
    }

    @Test
    void shouldReconnectWhenServerComesBack() throws Exception {
        Sv2Server server = loopback.serveEcho();
        Sv2ReconnectingClient client = client(loopback.url(server));
        client.start();
        Sv2Connection first = nextConnection();
        await(server.stop(Duration.ofSeconds(5)));
        assertThat(await(first.closed()).reason()).isEqualTo(CloseReason.PEER_CLOSED);
        Awaitility.await().until(() -> client.status().state() == State.WAITING);
        assertThat(client.status().lastFailure()).isNotEmpty();

        loopback.serve(Sv2ServerSettings.of("127.0.0.1", server.port()), Loopback.echoPolicy(), Loopback::echo);
        Sv2Connection second = nextConnection();
        assertThat(second.connectionId()).isGreaterThan(first.connectionId());
        Awaitility.await().until(() -> client.status().state() == State.CONNECTED);
        assertThat(client.status().lastFailure()).isEmpty();
        await(client.stop());
    }

    @Test
    void shouldFailOverAndBackWhenPreferredServerGoesAndComes() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        Sv2Server spare = loopback.serveEcho();
        Sv2ReconnectingClient client =
                client(new Sv2Url("127.0.0.1", port, loopback.authority.publicKey()), loopback.url(spare));
        client.start();
        Sv2Connection onSpare = nextConnection();
        assertThat(peerPort(onSpare)).isEqualTo(spare.port());
        Awaitility.await().until(() -> client.status().state() == State.CONNECTED);
        assertThat(client.status().peer()).isEqualTo(1);

        loopback.serve(Sv2ServerSettings.of("127.0.0.1", port), Loopback.echoPolicy(), Loopback::echo);
        Sv2Connection onPreferred = nextConnection();
        assertThat(peerPort(onPreferred)).isEqualTo(port);
        // The old connection lived until the new one stood.
        assertThat(await(onSpare.closed()).reason()).isEqualTo(CloseReason.REPLACED);
        assertThat(onPreferred.isWritable()).isTrue();
        Awaitility.await().until(() -> client.status().peer() == 0);
        await(client.stop());
    }

    /** An owner that takes connections to one port only, and holds replaced ones until it is told. */
    private static final class ChoosyOwner implements ConnectionOwner {
        final BlockingQueue<Sv2Connection> tried = new LinkedBlockingQueue<>();
        final BlockingQueue<Sv2Connection> replaced = new LinkedBlockingQueue<>();
        final Promise<Void> release = Promise.promise();
        volatile int useless;

        @Override
        public Future<Void> tryOut(Sv2Connection connection, int peer) {
            connection.messageHandler(message -> {});
            tried.add(connection);
            return peer == useless ? Future.failedFuture("of no use") : Future.succeededFuture();
        }

        @Override
        public Future<Void> replaced(Sv2Connection connection) {
            replaced.add(connection);
            return release.future();
        }
    }

    private Sv2ReconnectingClient client(ConnectionOwner owner, Sv2Url... peers) {
        return new Sv2ReconnectingClient(
                loopback.environment,
                loopback.environment.internalVertx().createEventLoopContext(),
                "upstream",
                Sv2ClientSettings.DEFAULT,
                QUICK,
                Stream.of(peers).map(Sv2Client.Destination::of).toList(),
                mining(),
                owner);
    }

    private static Sv2Connection next(BlockingQueue<Sv2Connection> queue) throws InterruptedException {
        Sv2Connection connection = queue.poll(10, TimeUnit.SECONDS);
        if (connection == null) {
            throw new AssertionError("no connection");
        }
        return connection;
    }

    @Test
    void shouldFailOverWhenTheOwnerFindsPreferredServerUseless() throws Exception {
        Sv2Server preferred = loopback.serveEcho();
        Sv2Server spare = loopback.serveEcho();
        ChoosyOwner owner = new ChoosyOwner();
        Sv2ReconnectingClient client = client(owner, loopback.url(preferred), loopback.url(spare));
        client.start();

        Sv2Connection useless = next(owner.tried);
        assertThat(peerPort(useless)).isEqualTo(preferred.port());
        assertThat(await(useless.closed()).reason()).isEqualTo(CloseReason.CLOSED);
        Sv2Connection onSpare = next(owner.tried);
        assertThat(peerPort(onSpare)).isEqualTo(spare.port());
        Awaitility.await().until(() -> client.status().state() == State.CONNECTED);

        Sv2Connection probe = next(owner.tried);
        assertThat(peerPort(probe)).isEqualTo(preferred.port());
        await(probe.closed());
        assertThat(onSpare.isWritable()).isTrue();
        assertThat(client.status().peer()).isEqualTo(1);
        assertThat(owner.replaced).isEmpty();
        await(client.stop());
    }

    @Test
    void shouldHoldTheOldConnectionUntilTheOwnerReleasesIt() throws Exception {
        Sv2Server preferred = loopback.serveEcho();
        Sv2Server spare = loopback.serveEcho();
        ChoosyOwner owner = new ChoosyOwner();
        Sv2ReconnectingClient client = client(owner, loopback.url(preferred), loopback.url(spare));
        client.start();
        next(owner.tried);
        Sv2Connection onSpare = next(owner.tried);
        owner.useless = -1;

        assertThat(next(owner.replaced)).isSameAs(onSpare);
        Awaitility.await().until(() -> client.status().peer() == 0);
        assertThat(onSpare.isWritable()).isTrue();
        owner.release.complete();

        assertThat(await(onSpare.closed()).reason()).isEqualTo(CloseReason.REPLACED);
        await(client.stop());
    }

    @Test
    void shouldFailOverWhenPreferredServerRefusesTheSetup() throws Exception {
        Sv2Server refusing = loopback.serve(Loopback.settings(), SetupPolicy.of(3), Loopback::echo);
        Sv2Server spare = loopback.serveEcho();
        Sv2ReconnectingClient client = client(loopback.url(refusing), loopback.url(spare));
        client.start();
        assertThat(peerPort(nextConnection())).isEqualTo(spare.port());
        await(client.stop());
    }

    @Test
    void shouldFollowReconnectWhenTheNewServerHasTheSameAuthority() throws Exception {
        BlockingQueue<Sv2Connection> served = new LinkedBlockingQueue<>();
        Sv2Server old = loopback.serve(Loopback.settings(), Loopback.echoPolicy(), connection -> {
            connection.messageHandler(message -> {});
            served.add(connection);
        });
        Sv2Server target = loopback.serveEcho();
        Sv2ReconnectingClient client = client(loopback.url(old));
        client.start();
        Sv2Connection first = nextConnection();
        Sv2Connection serverSide = served.poll(5, TimeUnit.SECONDS);
        // The connection has to be stable first: a message before that is ignored.
        Awaitility.await().pollInterval(Duration.ofMillis(60)).until(() -> {
            serverSide.send(new Reconnect(Text.EMPTY, target.port()));
            return !connections.isEmpty();
        });
        assertThat(peerPort(nextConnection())).isEqualTo(target.port());
        assertThat(await(first.closed()).reason()).isEqualTo(CloseReason.REPLACED);
        await(client.stop());
    }

    @Test
    void shouldStayWhereItIsWhenReconnectLeadsToAnotherAuthority() throws Exception {
        BlockingQueue<Sv2Connection> served = new LinkedBlockingQueue<>();
        Sv2Server old = loopback.serve(Loopback.settings(), Loopback.echoPolicy(), connection -> {
            connection.messageHandler(message -> {});
            served.add(connection);
        });
        try (Loopback attacker = new Loopback()) {
            Sv2Server trap = attacker.serveEcho();
            Sv2ReconnectingClient client = client(loopback.url(old));
            client.start();
            Sv2Connection first = nextConnection();
            Sv2Connection serverSide = served.poll(5, TimeUnit.SECONDS);
            Awaitility.await().pollInterval(Duration.ofMillis(60)).until(() -> {
                serverSide.send(new Reconnect(Text.of("127.0.0.1"), trap.port()));
                return attacker.meters
                                .get("ehash.test.sv2.handshakes")
                                .counter()
                                .count()
                        > 0;
            });
            assertThat(connections.poll(200, TimeUnit.MILLISECONDS)).isNull();
            assertThat(first.isWritable()).isTrue();
            await(client.stop());
        }
    }

    @Test
    void shouldIgnoreReconnectWhenHostIsNone() throws Exception {
        BlockingQueue<Sv2Connection> served = new LinkedBlockingQueue<>();
        Sv2Server server = loopback.serve(Loopback.settings(), Loopback.echoPolicy(), connection -> {
            connection.messageHandler(message -> {});
            served.add(connection);
        });
        Sv2ReconnectingClient client = client(loopback.url(server));
        client.start();
        Sv2Connection first = nextConnection();
        served.poll(5, TimeUnit.SECONDS).send(new Reconnect(Text.of("no host/at all"), 1));
        assertThat(connections.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThat(first.isWritable()).isTrue();
        await(client.stop());
    }

    @Test
    void shouldShareTheCallersEventLoopAndStayWhenPeerIsNotAuthenticated() throws Exception {
        BlockingQueue<Sv2Connection> served = new LinkedBlockingQueue<>();
        Sv2Server server = loopback.serve(Loopback.settings(), Loopback.echoPolicy(), connection -> {
            connection.messageHandler(message -> {});
            served.add(connection);
        });
        Sv2Server other = loopback.serveEcho();
        Context context = loopback.environment.internalVertx().createEventLoopContext();
        Sv2ReconnectingClient client = new Sv2ReconnectingClient(
                loopback.environment,
                context,
                "upstream",
                Sv2ClientSettings.DEFAULT,
                QUICK,
                List.of(Sv2Client.Destination.unauthenticated("127.0.0.1", server.port())),
                mining(),
                connection -> {
                    connection.messageHandler(message -> {});
                    connections.add(connection);
                });
        client.start();
        Sv2Connection first = nextConnection();
        assertThat(first.context()).isSameAs(context);
        Sv2Connection serverSide = served.poll(5, TimeUnit.SECONDS);
        for (int i = 0; i < 5; i++) {
            serverSide.send(new Reconnect(Text.EMPTY, other.port()));
            assertThat(connections.poll(QUICK.stablePeriod().toMillis(), TimeUnit.MILLISECONDS))
                    .isNull();
        }
        assertThat(first.isWritable()).isTrue();
        await(client.stop());
    }

    @Test
    void shouldTellEveryChangeWhenObserved() throws Exception {
        BlockingQueue<UpstreamStatus> seen = new LinkedBlockingQueue<>();
        Sv2Server server = loopback.serveEcho();
        AuthorityKeyPair other = AuthorityKeyPair.generate(Loopback.CURVE, new SecureRandom());
        Sv2ReconnectingClient client = client(
                        new Sv2Url("127.0.0.1", server.port(), other.publicKey()), loopback.url(server))
                .statusHandler(seen::add);
        assertThat(client.status().state()).isEqualTo(State.IDLE);
        client.start();
        nextConnection();
        await(client.stop());
        assertThat(seen.stream().map(UpstreamStatus::state).distinct())
                .containsExactly(State.CONNECTING, State.CONNECTED, State.STOPPED);
        assertThat(seen.stream().map(UpstreamStatus::lastFailure)).anyMatch(why -> why.contains("certificate_refused"));
    }

    @Test
    void shouldStopAtOnceWhenNothingAnswers() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Sv2ReconnectingClient client =
                    client(new Sv2Url("127.0.0.1", mute.getLocalPort(), loopback.authority.publicKey()));
            client.start();
            Awaitility.await().until(() -> client.status().state() == State.CONNECTING);
            await(client.stop());
            await(client.stop());
            assertThat(client.status().state()).isEqualTo(State.STOPPED);
            assertThat(connections).isEmpty();
        }
    }
}
