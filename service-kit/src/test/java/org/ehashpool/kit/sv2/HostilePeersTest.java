package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehashpool.kit.sv2.Loopback.await;
import static org.ehashpool.kit.sv2.Loopback.frame;

import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.kit.sv2.admission.AdmissionSettings;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.link.HandshakeWorkers;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.link.SetupDeadlines;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that do not play by the rules: each is gone for its own reason, and the server goes on. */
final class HostilePeersTest {

    private static final SetupDeadlines SHORT = new SetupDeadlines(Duration.ofMillis(600), Duration.ofMillis(300));
    private static final LinkSettings LINK = LinkSettings.DEFAULT.withPayloadLimits(Loopback.LARGE);

    private Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    // --- before the handshake ------------------------------------------------------------------------------------

    @Test
    void shouldCloseWhenPeerIsSilent() throws IOException {
        Sv2Server server = serve(Loopback.settings().withDeadlines(SHORT));
        try (RawPeer peer = new RawPeer(server.port())) {
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("setup_timeout", 1);
    }

    @Test
    void shouldCloseWhenPeerSendsActOneByteByByte() throws IOException {
        Sv2Server server = serve(Loopback.settings().withDeadlines(SHORT));
        long began = System.nanoTime();
        try (RawPeer peer = new RawPeer(server.port())) {
            assertThatThrownBy(() -> {
                        while (true) {
                            peer.send((byte) 1);
                            assertThat(peer.isClosedWithin(20)).isFalse();
                        }
                    })
                    .isInstanceOfAny(IOException.class, AssertionError.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        assertCloses("setup_timeout", 1);
    }

    @Test
    void shouldCloseAtTheTotalDeadlineWhenEveryStepIsJustInTime() throws Exception {
        SetupDeadlines deadlines = new SetupDeadlines(Duration.ofMillis(400), Duration.ofSeconds(20));
        Sv2Server server = serve(Loopback.settings().withDeadlines(deadlines));
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.handshake();
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("setup_timeout", 1);
    }

    @Test
    void shouldCloseWithoutCurveWorkWhenGarbageComesInsteadOfActOne() throws IOException {
        Sv2Server server = serve(Loopback.settings());
        byte[] garbage = new byte[1_000];
        new Random(1).nextBytes(garbage);
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.send(garbage);
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("handshake_failed", 1);
        assertThat(loopback.meters.get("ehash.test.sv2.handshakes").counter().count())
                .isZero();
    }

    @Test
    void shouldCloseWhenActOneIsAnythingAndGarbageFollowsTheHandshake() throws IOException {
        Sv2Server server = serve(Loopback.settings());
        byte[] garbage = new byte[64];
        new Random(2).nextBytes(garbage);
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.send(garbage);
            assertThat(peer.read(234)).hasSize(234);
            peer.send(garbage);
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("decryption_failed", 1);
    }

    // --- during the setup ----------------------------------------------------------------------------------------

    @Test
    void shouldCloseWhenSetupConnectionNeverComes() throws Exception {
        Sv2Server server = serve(Loopback.settings().withDeadlines(SHORT));
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.handshake();
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("setup_timeout", 1);
    }

    @Test
    void shouldAnswerWithAnErrorWhenProtocolIsAnother() throws Exception {
        Sv2Server server = serve(Loopback.settings());
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.handshake().send(RawPeer.setup(3));
            byte[] answer = peer.readFrame();
            assertThat(answer).startsWith(0, 0, 2);
            assertThat(new String(answer, 11, answer[10], StandardCharsets.US_ASCII))
                    .isEqualTo("unsupported-protocol");
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("setup_refused", 1);
    }

    @Test
    void shouldCloseWhenFirstMessageIsAnother() throws Exception {
        Sv2Server server = serve(Loopback.settings());
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.handshake().send(share());
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("unexpected_message", 1);
    }

    @Test
    void shouldCloseWhenFirstMessageIsOfAnUnknownExtension() throws Exception {
        Sv2Server server = serve(Loopback.settings());
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.handshake().sendFrame(RawPeer.frame(0x4444, 1, 10));
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("unexpected_message", 1);
    }

    @Test
    void shouldCloseOnTheHeaderWhenSetupIsOversized() throws Exception {
        Sv2Server server = serve(Loopback.settings());
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.handshake();
            peer.send(peer.encryptedHeader(0, 0, 0xff_ffff));
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("frame_too_large", 1);
    }

    @Test
    void shouldCloseWhenSetupConnectionIsMalformed() throws Exception {
        Sv2Server server = serve(Loopback.settings());
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.handshake().sendFrame(RawPeer.frame(0, 0, 5));
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("malformed_message", 1);
    }

    // --- afterwards ----------------------------------------------------------------------------------------------

    @Test
    void shouldCloseWhenSetupConnectionComesTwice() throws Exception {
        Sv2Server server = serve(Loopback.settings());
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp().send(RawPeer.setup(0));
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("unexpected_message", 1);
    }

    @Test
    void shouldCloseWhenMessageIsOfTheOtherDirection() throws Exception {
        Sv2Server server = serve(Loopback.settings());
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp().send(new SetupConnectionSuccess(2, 0));
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("unexpected_message", 1);
    }

    @Test
    void shouldCloseOnTheHeaderWhenFrameIsOversized() throws Exception {
        Sv2Server server = serve(Loopback.settings());
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            peer.send(peer.encryptedHeader(0, 0x1b, (1 << 20) + 1));
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("frame_too_large", 1);
    }

    @Test
    void shouldCloseWhenOneBitOfAFrameIsFlipped() throws Exception {
        Sv2Server server = serve(Loopback.settings());
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            byte[] sealed = peer.encrypt(RawPeer.frame(Loopback.ECHO_EXTENSION, 1, 100));
            sealed[50] ^= 1;
            peer.send(sealed);
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("decryption_failed", 1);
    }

    @Test
    void shouldCloseWhenAFrameDripsByteByByte() throws Exception {
        Sv2Server server =
                serve(Loopback.settings().withLink(LINK.withReadLimits(Optional.empty(), Duration.ofMillis(400))));
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            byte[] sealed = peer.encrypt(RawPeer.frame(Loopback.ECHO_EXTENSION, 1, 60_000));
            assertThatThrownBy(() -> {
                        for (byte one : sealed) {
                            peer.send(one);
                            assertThat(peer.isClosedWithin(10)).isFalse();
                        }
                    })
                    .isInstanceOfAny(IOException.class, AssertionError.class);
        }
        assertCloses("frame_timeout", 1);
    }

    @Test
    void shouldCloseWhenPeerSaysNothingLongerThanAllowed() throws Exception {
        Sv2Server server = serve(Loopback.settings()
                .withLink(LINK.withReadLimits(Optional.of(Duration.ofMillis(300)), Duration.ofSeconds(30))));
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("idle", 1);
    }

    @Test
    void shouldServeOthersMeanwhileWhenOnePeerFloodsTinyFrames() throws Exception {
        Sv2Server server = serve(Loopback.settings().withLink(LINK.withFrameLimits(16, Optional.empty())));
        CountDownLatch flooding = new CountDownLatch(1);
        try (RawPeer flooder = new RawPeer(server.port())) {
            flooder.setUp();
            Thread flood = Thread.ofVirtual().start(() -> {
                try {
                    while (!Thread.interrupted()) {
                        flooder.sendFrame(RawPeer.frame(0x4444, 1, 0));
                        flooding.countDown();
                    }
                } catch (IOException | NoiseException ended) {
                    flooding.countDown();
                }
            });
            assertThat(flooding.await(10, TimeUnit.SECONDS)).isTrue();
            exchange(server, 50);
            flood.interrupt();
        }
    }

    @Test
    void shouldCloseWhenFramesComeFasterThanAllowed() throws Exception {
        Sv2Server server = serve(Loopback.settings().withLink(LINK.withFrameLimits(128, Optional.of(100))));
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            for (int i = 0; i < 90; i++) {
                peer.sendFrame(RawPeer.frame(0x4444, 1, 0));
            }
            assertThat(peer.isClosedWithin(100)).isFalse();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            peer.sendFrame(RawPeer.frame(0x4444, 1, 0));
                        }
                        assertThat(peer.isClosedWithin(5_000)).isFalse();
                    })
                    .isInstanceOfAny(IOException.class, AssertionError.class);
        }
        assertCloses("frame_rate", 1);
    }

    // --- peers that do not read ----------------------------------------------------------------------------------

    @Test
    void shouldEvictWhenPeerNeverReadsAndStaysAboveTheMark() throws Exception {
        Promise<Sv2Connection> accepted = Promise.promise();
        Sv2Server server = loopback.serve(
                Loopback.settings().withLink(LINK.withWriteLimits(8 << 10, 16 << 10, 64 << 20, Duration.ofMillis(400))),
                Loopback.echoPolicy(),
                connection -> {
                    connection.messageHandler(message -> {});
                    accepted.complete(connection);
                });
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            Sv2Connection connection = await(accepted.future());
            EncodedFrame frame = EncodedFrame.of(frame(8_000));
            AtomicInteger sent = new AtomicInteger();
            Runnable fill = () -> {
                while (connection.isWritable() && sent.incrementAndGet() < 10_000) {
                    connection.sendEncoded(frame);
                }
            };
            // Above the mark for a moment is no slow peer: the kernel may still take what waits.
            connection.drainHandler(_ -> fill.run());
            fill.run();
            assertThat(await(connection.closed()).reason().label()).isEqualTo("slow_peer");
            // A sender that asks isWritable() stops long before memory is at stake.
            assertThat(sent.get()).isLessThan(10_000);
        }
        assertCloses("slow_peer", 1);
    }

    @Test
    void shouldEvictAtOnceWithBoundedMemoryWhenSenderIgnoresBackPressure() throws Exception {
        int limit = 4 << 20;
        Promise<Sv2Connection> accepted = Promise.promise();
        Sv2Server server = loopback.serve(
                Loopback.settings().withLink(LINK.withWriteLimits(8 << 10, 16 << 10, limit, Duration.ofMinutes(10))),
                Loopback.echoPolicy(),
                connection -> {
                    connection.messageHandler(message -> {});
                    accepted.complete(connection);
                });
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            Sv2Connection connection = await(accepted.future());
            EncodedFrame frame = EncodedFrame.of(frame(100_000));
            Promise<Long> measured = Promise.promise();
            connection.context().runOnContext(begin -> {
                long most = 0;
                for (int i = 0; i < 2_000; i++) {
                    connection.sendEncoded(frame);
                    var queued = connection.channel().unsafe().outboundBuffer();
                    most = Math.max(most, queued == null ? 0 : queued.totalPendingWriteBytes());
                }
                measured.complete(most);
            });
            long highest = await(measured.future());
            assertThat(highest).isBetween((long) limit / 2, (long) limit);
            assertThat(await(connection.closed()).reason().label()).isEqualTo("slow_peer");
        }
    }

    @Test
    void shouldCloseHalfOpenConnectionWhenPeerVanishes() throws Exception {
        Promise<Sv2Connection> accepted = Promise.promise();
        Sv2Server server = loopback.serve(Loopback.settings(), Loopback.echoPolicy(), accepted::complete);
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.setUp();
            Sv2Connection connection = await(accepted.future());
            // The kernel finds a peer out that vanished; what it was told to do can be read back.
            assertThat(connection.channel()).isInstanceOf(EpollSocketChannel.class);
            var config = connection.channel().config();
            assertThat(config.getOption(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(60_000);
            assertThat(config.getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(60);
            assertThat(config.getOption(EpollChannelOption.TCP_KEEPINTVL)).isEqualTo(15);
            assertThat(config.getOption(EpollChannelOption.TCP_KEEPCNT)).isEqualTo(4);
            assertThat(config.getOption(EpollChannelOption.SO_KEEPALIVE)).isTrue();
        }
    }

    // --- quotas --------------------------------------------------------------------------------------------------

    @Test
    void shouldTurnAwayWhenOneAddressHasItsConnections() throws Exception {
        Sv2Server server = serve(Loopback.settings().withAdmission(AdmissionSettings.DEFAULT.withConnections(100, 3)));
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            peers.add(new RawPeer(server.port(), "127.0.0.7"));
        }
        Awaitility.await().until(() -> server.connectionCount() == 3);
        assertTurnedAway(server, "127.0.0.7");
        assertCloses("too_many_from_address", 1);
        exchange(server, 1);
        for (RawPeer peer : peers) {
            peer.close();
        }
        Awaitility.await().until(() -> server.connectionCount() == 0);
        try (RawPeer again = new RawPeer(server.port(), "127.0.0.7")) {
            again.setUp();
        }
    }

    @Test
    void shouldTurnAwayWhenServerIsFull() throws Exception {
        Sv2Server server = serve(Loopback.settings().withAdmission(AdmissionSettings.DEFAULT.withConnections(2, 2)));
        try (RawPeer first = new RawPeer(server.port());
                RawPeer second = new RawPeer(server.port(), "127.0.0.2")) {
            first.setUp();
            second.setUp();
            assertTurnedAway(server, "127.0.0.3");
        }
        assertCloses("too_many_connections", 1);
    }

    @Test
    void shouldTurnAwayWhenOneAddressConnectsTooOften() throws Exception {
        Sv2Server server = serve(Loopback.settings().withAdmission(AdmissionSettings.DEFAULT.withConnectRate(1, 3)));
        for (int i = 0; i < 3; i++) {
            try (RawPeer peer = new RawPeer(server.port(), "127.0.0.9")) {
                peer.setUp();
            }
        }
        assertTurnedAway(server, "127.0.0.9");
        assertCloses("connect_rate", 1);
        exchange(server, 1);
    }

    @Test
    void shouldLetOthersInWhenHandshakeQueueIsFlooded() throws Exception {
        loopback.close();
        CountDownLatch release = new CountDownLatch(1);
        loopback = new Loopback(new HandshakeWorkers(1, 16));
        Sv2Server server = serve(Loopback.settings().withAdmission(AdmissionSettings.DEFAULT.withHandshakes(16, 4)));
        // The only worker is held: what arrives now has to wait or is refused.
        CountDownLatch held = new CountDownLatch(1);
        loopback.holdWorker(held, release);
        assertThat(held.await(5, TimeUnit.SECONDS)).isTrue();
        byte[] act1 = new byte[64];
        new Random(3).nextBytes(act1);
        List<RawPeer> flood = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            RawPeer peer = new RawPeer(server.port(), "127.0.0.66");
            flood.add(peer);
            peer.send(act1);
        }
        Awaitility.await().untilAsserted(() -> assertCloses("handshakes_busy", 36));
        Loopback elsewhere = new Loopback();
        Thread good = Thread.ofVirtual().start(() -> exchange(elsewhere.connect(loopback.url(server)), 1));
        Awaitility.await()
                .until(() -> loopback.meters
                                .get("ehash.test.sv2.handshakes.pending")
                                .gauge()
                                .value()
                        == 5);
        release.countDown();
        assertThat(good.join(Duration.ofSeconds(20))).isTrue();
        for (RawPeer peer : flood) {
            peer.close();
        }
        elsewhere.close();
    }

    @Test
    void shouldBoundWhatUnfinishedFramesKeepWhenManyPeersNeverFinish() throws Exception {
        int all = 8 << 20;
        Sv2Server server =
                serve(Loopback.settings().withAdmission(AdmissionSettings.DEFAULT.withPartialBytes(all, 3 << 20)));
        Sv2Connection good = loopback.connect(server);
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            RawPeer peer = new RawPeer(server.port(), "127.0.1." + (1 + i % 6)).setUp();
            peers.add(peer);
            byte[] frame = peer.encrypt(RawPeer.frame(Loopback.ECHO_EXTENSION, 1, 1 << 20));
            try {
                peer.send(Arrays.copyOf(frame, frame.length - 1));
            } catch (IOException reset) {
                assertThat(reset).isInstanceOf(SocketException.class);
            }
            assertThat(partialBytes()).isLessThanOrEqualTo(all);
        }
        Awaitility.await().untilAsserted(() -> {
            assertThat(server.connectionCount()).isBetween(2, 9);
            assertThat(loopback.closes("server-1", "buffers_exhausted")).isEqualTo(25.0 - server.connectionCount());
        });
        assertThat(partialBytes()).isBetween(1.0, (double) all);
        exchange(good, 100);
        for (RawPeer peer : peers) {
            peer.close();
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(server.connectionCount()).isZero());
        assertThat(partialBytes()).isZero();
    }

    private double partialBytes() {
        return loopback.meters.get("ehash.test.sv2.partial.bytes").gauge().value();
    }

    // --- PROXY protocol ------------------------------------------------------------------------------------------

    @Test
    void shouldTakeTheSpoofedHeaderForABadActOneWhenProxyIsNotTrusted() throws Exception {
        Sv2Server server = serve(Loopback.settings().withTrustedProxies(List.of(AddressRange.parse("10.0.0.0/8"))));
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.send(proxyHeader(203, 0, 113, 5));
            assertThatThrownBy(peer::handshake).isInstanceOf(IOException.class);
        }
        assertCloses("handshake_failed", 1);
    }

    @Test
    void shouldCountTheRealPeerWhenProxyIsTrusted() throws Exception {
        Promise<Sv2Connection> accepted = Promise.promise();
        Sv2Server server = loopback.serve(
                Loopback.settings()
                        .withTrustedProxies(List.of(AddressRange.parse("127.0.0.0/8")))
                        .withAdmission(AdmissionSettings.DEFAULT.withConnections(100, 1)),
                Loopback.echoPolicy(),
                accepted::tryComplete);
        try (RawPeer first = new RawPeer(server.port());
                RawPeer sibling = new RawPeer(server.port());
                RawPeer other = new RawPeer(server.port())) {
            first.send(proxyHeader(203, 0, 113, 5)).setUp();
            assertThat(await(accepted.future()).info().peer().getHostString()).isEqualTo("203.0.113.5");
            assertThat(await(accepted.future()).info().peer().getPort()).isEqualTo(4_000);
            sibling.send(proxyHeader(203, 0, 113, 5));
            assertThat(sibling.isClosedWithin(5_000)).isTrue();
            other.send(proxyHeader(203, 0, 113, 6)).setUp();
        }
        assertCloses("too_many_from_address", 1);
    }

    @Test
    void shouldCloseWhenTrustedProxySendsNoHeader() throws Exception {
        Sv2Server server = serve(Loopback.settings().withTrustedProxies(List.of(AddressRange.parse("127.0.0.1"))));
        try (RawPeer peer = new RawPeer(server.port())) {
            assertThatThrownBy(peer::handshake).isInstanceOf(IOException.class);
        }
        try (RawPeer old = new RawPeer(server.port())) {
            old.send("PROXY TCP4 203.0.113.5 10.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(old.isClosedWithin(5_000)).isTrue();
        }
        assertCloses("proxy_header_invalid", 2);
    }

    /** Version 2, PROXY, TCP over IPv4, from this address and port 4000. */
    private static byte[] proxyHeader(int... source) {
        byte[] header = new byte[28];
        System.arraycopy(
                new byte[] {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a, 0x21, 0x11, 0, 12},
                0,
                header,
                0,
                16);
        for (int i = 0; i < 4; i++) {
            header[16 + i] = (byte) source[i];
            header[20 + i] = (byte) (i == 0 ? 127 : i == 3 ? 1 : 0);
        }
        header[24] = 4_000 >> 8;
        header[25] = (byte) 4_000;
        header[27] = 1;
        return header;
    }

    private static Mining.SubmitSharesExtended share() {
        return new Mining.SubmitSharesExtended(1, 2, 3, 4, 5, 6, Bytes.fromHex("00"));
    }

    /** The reset may come before the connect call has returned. */
    private static void assertTurnedAway(Sv2Server server, String from) {
        try (RawPeer peer = new RawPeer(server.port(), from)) {
            assertThat(peer.isClosedWithin(5_000)).isTrue();
        } catch (IOException reset) {
            assertThat(reset).isInstanceOf(SocketException.class);
        }
    }

    private Sv2Server serve(Sv2ServerSettings settings) {
        return loopback.serve(settings, Loopback.echoPolicy(), Loopback::echo);
    }

    /** A peer that behaves gets its frames back. */
    private void exchange(Sv2Server server, int frames) {
        exchange(loopback.connect(server), frames);
    }

    private static void exchange(Sv2Connection connection, int frames) {
        BlockingQueue<UnknownExtension> received = new LinkedBlockingQueue<>();
        connection.unknownExtensionHandler(received::add);
        connection.messageHandler(message -> {});
        for (int i = 0; i < frames; i++) {
            connection.sendEncoded(EncodedFrame.of(frame(i)));
            try {
                assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(frame(i));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        connection.close();
        await(connection.closed());
    }

    private void assertCloses(String reason, int count) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(loopback.closes("server-1", reason)).isEqualTo(count));
    }
}
