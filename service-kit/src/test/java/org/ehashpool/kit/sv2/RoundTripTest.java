package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.kit.sv2.Loopback.await;
import static org.ehashpool.kit.sv2.Loopback.frame;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.setup.ConnectionKind;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.WorkerTracking;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client and our server over a real socket. */
final class RoundTripTest {

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_519, 65_520, 200_000})
    void shouldReturnTheSameFrameWhenEchoed(int size) throws InterruptedException {
        Sv2Server server = loopback.serveEcho();
        Sv2Connection connection = loopback.connect(server);
        BlockingQueue<UnknownExtension> received = new LinkedBlockingQueue<>();
        connection.unknownExtensionHandler(received::add);
        connection.messageHandler(message -> {});
        for (int i = 0; i < 3; i++) {
            connection.sendEncoded(EncodedFrame.of(frame(size)));
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(frame(size));
        }
        assertThat(connection.counters().framesReceived()).isEqualTo(4);
    }

    @Test
    void shouldKeepOrderAndLoseNothingWhenManyFramesOfManySizesAreSentAtOnce() throws InterruptedException {
        Sv2Server server = loopback.serveEcho();
        Sv2Connection connection = loopback.connect(server);
        BlockingQueue<UnknownExtension> received = new LinkedBlockingQueue<>();
        connection.unknownExtensionHandler(received::add);
        connection.messageHandler(message -> {});
        List<UnknownExtension> sent = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            UnknownExtension frame = frame(i * 37 % 1_500);
            sent.add(frame);
            connection.sendEncoded(EncodedFrame.of(frame));
        }
        for (UnknownExtension expected : sent) {
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
        }
    }

    @Test
    void shouldKnowEachOtherWhenSetUp() {
        Promise<Sv2Connection> accepted = Promise.promise();
        Sv2Server server = loopback.serve(
                Loopback.settings(), Loopback.echoPolicy().withSupportedFlags(1).withServerFlags(2), connection -> {
                    connection.messageHandler(message -> {});
                    accepted.complete(connection);
                });
        SetupRequest request = new SetupRequest(
                Protocol.MINING,
                2,
                2,
                1,
                new ClientDescription("vendor\nforged=line", "hardware", "firmware", "device"),
                List.of(2, 3),
                List.of());
        Sv2Connection ours = Loopback.connected(await(loopback.client().connect(loopback.url(server), request)));
        Sv2Connection theirs = await(accepted.future());

        ConnectionInfo client = ours.info();
        assertThat(client.handshakeHash()).isEqualTo(theirs.info().handshakeHash());
        assertThat(client.handshakeHash().length()).isEqualTo(32);
        assertThat(client.version()).isEqualTo(2);
        assertThat(client.serverFlags()).isEqualTo(2);
        assertThat(client.extensions().toList()).containsExactly(2);
        assertThat(client.server().orElseThrow().verified()).isTrue();
        assertThat(theirs.info().kind()).isEqualTo(ConnectionKind.MINER);
        assertThat(theirs.info().flags()).isEqualTo(1);
        assertThat(theirs.info().client().vendor()).isEqualTo("vendor\\u000aforged=line");
        assertThat(theirs.info().peer().getPort())
                .isEqualTo(((InetSocketAddress) ours.channel().localAddress()).getPort());
        assertThat(theirs.connectionId()).isNotEqualTo(ours.connectionId());
    }

    @Test
    void shouldCarryTlvsWhenExtensionIsNegotiated() throws InterruptedException {
        BlockingQueue<Decoded> received = new LinkedBlockingQueue<>();
        Sv2Server server = loopback.serve(
                Loopback.settings(), Loopback.echoPolicy(), connection -> connection.messageHandler(received::add));
        Sv2Connection connection = Loopback.connected(await(loopback.client()
                .connect(loopback.url(server), Loopback.mining().withExtensions(List.of(2)))));
        Mining.SubmitSharesExtended share =
                new Mining.SubmitSharesExtended(1, 2, 3, 4, 5, 6, Bytes.fromHex("0011223344556677"));
        connection.send(share, List.of(WorkerTracking.userIdentity(Text.of("worker"))));
        Decoded decoded = received.poll(10, TimeUnit.SECONDS);
        assertThat(decoded.message()).isEqualTo(share);
        assertThat(WorkerTracking.userIdentity(decoded.tlvs())).contains(Text.of("worker"));
    }

    @Test
    void shouldDeliverEverythingSentBeforeWhenClosedGracefully() throws InterruptedException {
        Sv2Server server = loopback.serve(Loopback.settings(), Loopback.echoPolicy(), connection -> {
            connection.messageHandler(message -> {});
            for (int i = 0; i < 100; i++) {
                connection.sendEncoded(EncodedFrame.of(frame(10_000)));
            }
            connection.close();
        });
        Sv2Connection connection = loopback.connect(server);
        BlockingQueue<UnknownExtension> received = new LinkedBlockingQueue<>();
        connection.unknownExtensionHandler(received::add);
        connection.messageHandler(message -> {});
        assertThat(await(connection.closed()).reason()).isEqualTo(CloseReason.PEER_CLOSED);
        assertThat(received).hasSize(100);
    }

    @Test
    void shouldDropAndCountWhenSendingAfterTheEnd() {
        Sv2Connection connection = loopback.connect(loopback.serveEcho());
        connection.close();
        assertThat(await(connection.closed()).reason()).isEqualTo(CloseReason.CLOSED);
        connection.sendEncoded(EncodedFrame.of(frame(1)));
        connection.close();
        connection.abort(CloseReason.CLOSED);
        assertThat(connection.isWritable()).isFalse();
        Awaitility.await()
                .untilAsserted(() -> assertThat(loopback.meters.find("ehash.test.sv2.sends.dropped").counters().stream()
                                .mapToDouble(Counter::count)
                                .sum())
                        .isEqualTo(1));
    }

    @Test
    void shouldCallTheDrainHandlerWhenMessagesOfAnotherThreadHadToWait() throws InterruptedException {
        Sv2Server server = loopback.serveEcho();
        Sv2Connection connection = loopback.connect(server);
        CountDownLatch drained = new CountDownLatch(1);
        connection.drainHandler(_ -> drained.countDown());
        connection.messageHandler(_ -> {});
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        connection.context().runOnContext(_ -> {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        int sent = 0;
        // So few bytes that the channel itself stays writable.
        EncodedFrame frame = EncodedFrame.of(frame(0));
        while (connection.isWritable()) {
            connection.sendEncoded(frame);
            sent++;
        }
        assertThat(sent).isEqualTo(1_024);
        release.countDown();
        assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
        Awaitility.await().until(connection::isWritable);
    }

    @Test
    void shouldCloseOnlyItsConnectionWhenAHandlerThrows() throws InterruptedException {
        Sv2Server server = loopback.serve(Loopback.settings(), Loopback.echoPolicy(), connection -> {
            connection.unknownExtensionHandler(unknown -> {
                if (unknown.payload().length() == 13) {
                    throw new IllegalStateException("a bug of the test's own");
                }
                connection.sendEncoded(EncodedFrame.of(unknown));
            });
            connection.messageHandler(message -> {});
        });
        Sv2Connection good = loopback.connect(server);
        Sv2Connection bad = loopback.connect(server);
        BlockingQueue<UnknownExtension> received = new LinkedBlockingQueue<>();
        good.unknownExtensionHandler(received::add);
        good.messageHandler(message -> {});
        bad.messageHandler(message -> {});
        bad.sendEncoded(EncodedFrame.of(frame(13)));
        await(bad.closed());
        Awaitility.await()
                .untilAsserted(() -> assertThat(loopback.closes("server-1", "internal_error"))
                        .isEqualTo(1));
        good.sendEncoded(EncodedFrame.of(frame(5)));
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(frame(5));
    }

    @Test
    void shouldWaitForTheHandlerWhenMessagesComeEarly() throws InterruptedException {
        Sv2Server server = loopback.serve(Loopback.settings(), Loopback.echoPolicy(), connection -> {
            connection.messageHandler(message -> {});
            connection.sendEncoded(EncodedFrame.of(frame(7)));
        });
        Sv2Connection connection = loopback.connect(server);
        BlockingQueue<UnknownExtension> received = new LinkedBlockingQueue<>();
        connection.unknownExtensionHandler(received::add);
        assertThat(received.poll(200, TimeUnit.MILLISECONDS)).isNull();
        connection.messageHandler(message -> {});
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(frame(7));
    }

    @Test
    void shouldEndConnectionsAndFreeThePortWhenServerStops() throws Exception {
        Sv2Server server = loopback.serveEcho();
        Sv2Connection connection = loopback.connect(server);
        connection.messageHandler(message -> {});
        await(server.stop(Duration.ofSeconds(5)));
        assertThat(await(connection.closed()).reason()).isEqualTo(CloseReason.PEER_CLOSED);
        assertThat(server.connectionCount()).isZero();
        new ServerSocket(server.port(), 1, InetAddress.ofLiteral("127.0.0.1")).close();
    }
}
