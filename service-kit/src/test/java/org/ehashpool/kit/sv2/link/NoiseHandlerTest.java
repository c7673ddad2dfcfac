package org.ehashpool.kit.sv2.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.ehashpool.noise.certificate.AuthorityKeyPair;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.handshake.ServerAuthentication;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.Received;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both sides of the handshake in embedded channels; only the curve work runs elsewhere. */
final class NoiseHandlerTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Secp256k1 CURVE = CurveSelection.select(RANDOM).curve();
    private static final KeySource KEYS = KeySource.random(CURVE, RANDOM);

    private final HandshakeWorkers workers = new HandshakeWorkers(1, 4);
    private final AuthorityKeyPair authority = AuthorityKeyPair.generate(CURVE, RANDOM);
    private final Side server = new Side(Sender.CLIENT);
    private final Side client = new Side(Sender.SERVER);
    private Optional<CloseReason> refusal = Optional.empty();
    private final CountDownLatch release = new CountDownLatch(1);
    private boolean ended;

    @AfterEach
    void close() {
        server.channel.finishAndReleaseAll();
        client.channel.finishAndReleaseAll();
        release.countDown();
        workers.close();
    }

    /** One channel with a link on it and what came out on top. */
    private static final class Side {
        final EmbeddedChannel channel = new EmbeddedChannel();
        final List<Object> seen = new ArrayList<>();
        final Link link;

        Side(Sender peer) {
            channel.freezeTime();
            link = Link.install(
                    channel,
                    Optional.empty(),
                    LinkSettings.DEFAULT,
                    new SetupDeadlines(Duration.ofSeconds(10), Duration.ofSeconds(5)),
                    "the act",
                    Reception.setup(peer, Limits.DEFAULT).established(Protocol.MINING),
                    new TrafficTotals(),
                    PartialBudget.UNLIMITED,
                    new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext ctx, Object message) {
                            seen.add(message);
                        }

                        @Override
                        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                            seen.add(event);
                        }
                    });
        }

        ByteBuf sent() {
            ByteBuf[] written = new ByteBuf[1];
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
                channel.runPendingTasks();
                written[0] = channel.readOutbound();
                return written[0] != null;
            });
            return written[0];
        }

        SessionEstablished session() {
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> {
                channel.runPendingTasks();
                channel.checkException();
                return !seen.isEmpty();
            });
            return (SessionEstablished) seen.getFirst();
        }
    }

    /** What is to be computed waits until it is released. */
    private void holdWorker() {
        assertThat(workers.offer(() -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isTrue();
    }

    private void installServer() {
        ServerIdentity identity =
                ServerIdentity.issuing(CURVE, authority, EllSwiftKeyPair.generate(CURVE, RANDOM), 3_600, RANDOM);
        HandshakePermit permit = new HandshakePermit() {
            @Override
            public Optional<CloseReason> begin() {
                return refusal;
            }

            @Override
            public void end() {
                ended = true;
            }
        };
        server.link.addResponder(new Responder(CURVE, KEYS, identity), () -> 1_700_000_000, permit, workers);
    }

    private void installClient(long now) {
        ServerAuthentication pinned =
                new ServerAuthentication.Pinned(new CertificateVerifier(authority.publicKey(), 10, CURVE));
        client.link.addInitiator(new Initiator(CURVE, KEYS, pinned), () -> now, workers);
    }

    @Test
    void shouldEstablishTheSameSessionWhenBothFollowTheProtocol() {
        installServer();
        installClient(1_700_000_000);
        ByteBuf act1 = client.sent();
        assertThat(act1.readableBytes()).isEqualTo(64);
        holdWorker();
        server.channel.writeInbound(act1);
        assertThat(server.channel.config().isAutoRead()).isFalse();
        release.countDown();
        ByteBuf act2 = server.sent();
        assertThat(act2.readableBytes()).isEqualTo(234);
        assertThat(server.channel.config().isAutoRead()).isTrue();
        assertThat(ended).isTrue();
        client.channel.writeInbound(act2);
        assertThat(client.session().handshakeHash()).isEqualTo(server.session().handshakeHash());
        assertThat(client.session().server()).isPresent();
        assertThat(server.session().server()).isEmpty();
        exchange();
    }

    private void exchange() {
        for (int size : new int[] {0, 1, 65_519, 65_520}) {
            EncodedFrame frame = frame(size);
            server.channel.writeOutbound(frame);
            ByteBuf sealed = server.channel.readOutbound();
            client.seen.clear();
            client.channel.writeInbound(sealed);
            assertThat(client.seen).hasSize(1);
            assertThat(EncodedFrame.of((UnknownExtension) client.seen.getFirst())
                            .array())
                    .isEqualTo(frame.array());
        }
    }

    private static EncodedFrame frame(int size) {
        return EncodedFrame.of(new UnknownExtension(new FrameHeader(0x7001, false, 1, size), Bytes.of(new byte[size])));
    }

    @Test
    void shouldWorkWhenActsComeByteByByte() {
        installServer();
        installClient(1_700_000_000);
        drip(client.sent(), server.channel);
        drip(server.sent(), client.channel);
        assertThat(client.session().handshakeHash()).isEqualTo(server.session().handshakeHash());
    }

    private static void drip(ByteBuf bytes, EmbeddedChannel to) {
        while (bytes.isReadable()) {
            to.writeInbound(bytes.readRetainedSlice(1));
        }
        bytes.release();
    }

    @Test
    void shouldReadFramesThatCameRightBehindActTwo() {
        installServer();
        installClient(1_700_000_000);
        server.channel.writeInbound(client.sent());
        ByteBuf both = Unpooled.buffer().writeBytes(server.sent());
        server.channel.writeOutbound(frame(3));
        both.writeBytes(server.channel.<ByteBuf>readOutbound());
        client.channel.writeInbound(both);
        assertThat(client.session()).isNotNull();
        assertThat(client.seen).hasSize(2).last().isInstanceOf(Received.class);
    }

    @Test
    void shouldRefuseWhenMoreThanActOneIsSent() {
        installServer();
        assertViolation(CloseReason.HANDSHAKE_FAILED, () -> server.channel.writeInbound(bytes(65)));
    }

    @Test
    void shouldRefuseWhenMoreIsSentBeforeActTwo() {
        holdWorker();
        installServer();
        server.channel.writeInbound(bytes(64));
        assertViolation(CloseReason.HANDSHAKE_FAILED, () -> server.channel.writeInbound(bytes(1)));
    }

    @Test
    void shouldRefuseWithoutWorkWhenPermitIsDenied() {
        refusal = Optional.of(CloseReason.HANDSHAKES_BUSY);
        installServer();
        assertViolation(CloseReason.HANDSHAKES_BUSY, () -> server.channel.writeInbound(bytes(64)));
        assertThat(workers.queued()).isZero();
    }

    /** What it comes to is known at once or a little later, as the worker has it. */
    private void readAct2(ByteBuf act2) {
        client.channel.writeInbound(act2);
        client.session();
    }

    @Test
    void shouldFailWhenActTwoIsAltered() {
        installServer();
        installClient(1_700_000_000);
        server.channel.writeInbound(client.sent());
        ByteBuf act2 = server.sent();
        act2.setByte(100, act2.getByte(100) ^ 1);
        assertViolation(CloseReason.HANDSHAKE_FAILED, () -> readAct2(act2));
    }

    @Test
    void shouldRefuseTheCertificateWhenItIsNotValidNow() {
        installServer();
        installClient(1_700_009_999);
        server.channel.writeInbound(client.sent());
        ByteBuf act2 = server.sent();
        assertViolation(CloseReason.CERTIFICATE_REFUSED, () -> readAct2(act2));
    }

    @Test
    void shouldNotAnswerWhenPeerLeftMeanwhile() {
        installServer();
        holdWorker();
        server.channel.writeInbound(bytes(64));
        var _ = server.channel.close();
        release.countDown();
        Awaitility.await().until(() -> workers.queued() == 0);
        server.channel.runPendingTasks();
        assertThat(server.channel.<ByteBuf>readOutbound()).isNull();
        assertThat(server.seen).isEmpty();
    }

    @Test
    void shouldMissTheStepsDeadlineWhenActDoesNotCome() {
        installServer();
        server.channel.writeInbound(bytes(63));
        server.channel.advanceTimeBy(4_999, TimeUnit.MILLISECONDS);
        server.channel.runScheduledPendingTasks();
        server.channel.checkException();
        assertViolation(CloseReason.SETUP_TIMEOUT, () -> {
            server.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            server.channel.runScheduledPendingTasks();
            server.channel.checkException();
        });
    }

    @Test
    void shouldMissTheTotalDeadlineWhenEveryStepIsInTime() {
        Consumer<Integer> wait = seconds -> {
            server.channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
            server.channel.runScheduledPendingTasks();
            server.channel.checkException();
        };
        wait.accept(4);
        server.link.watch().step("the second");
        wait.accept(4);
        server.link.watch().step("the third");
        assertViolation(CloseReason.SETUP_TIMEOUT, () -> wait.accept(2));
    }

    private static ByteBuf bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    private static void assertViolation(CloseReason reason, ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PeerViolationException.class,
                        violation -> assertThat(violation.reason()).isEqualTo(reason));
    }
}
