package org.ehashpool.kit.sv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.kit.sv2.Loopback.frame;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.ehashpool.kit.sv2.admission.AdmissionSettings;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.kit.sv2.link.LinkSettings;
import org.ehashpool.kit.sv2.link.SetupDeadlines;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand hostile peers at once, in a mix of behaviours: each costs bounded memory and is gone by its deadline,
 * and a peer that behaves does not notice.
 */
final class TenThousandHostilePeersIT {

    private static final int PEERS = 10_000;
    private static final double TWENTIETH = PEERS / 20.0;
    private static final Duration DEADLINE = Duration.ofSeconds(12);
    private static final long HEAP_PER_PEER = 30 << 10;
    private static final long DIRECT_PER_PEER = 8 << 10;

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void shouldServeTheGoodPeerAndLoseTheOthersByTheirDeadlineWhenTenThousandAreHostileAtOnce() throws Exception {
        Sv2ServerSettings settings = Loopback.settings()
                .withAdmission(AdmissionSettings.DEFAULT
                        .withConnections(PEERS + 100, 1_000)
                        .withConnectRate(10_000, 10_000)
                        .withHandshakes(1_024, 512))
                .withDeadlines(new SetupDeadlines(DEADLINE, DEADLINE))
                .withLink(LinkSettings.DEFAULT
                        .withPayloadLimits(new Limits(4_096, HostileSwarm.OVERSIZED - 1, 1, 1, 1, 4_096, 1))
                        .withReadLimits(Optional.empty(), Duration.ofSeconds(3))
                        .withWriteLimits(8 << 10, 16 << 10, 1 << 20, Duration.ofSeconds(2)));
        Sv2Server server = loopback.serve(settings, Loopback.echoPolicy(), TenThousandHostilePeersIT::serve);
        GoodPeer good = new GoodPeer(loopback.connect(server));
        Memory before = Memory.now();
        try (SwarmProcess swarm = new SwarmProcess(server.port(), PEERS, "MIXED")) {
            swarm.expect("connected");
            Awaitility.await().until(() -> server.connectionCount() == PEERS + 1);
            Memory connected = Memory.now();
            long began = System.nanoTime();
            swarm.go();
            AtomicReference<Memory> highest = new AtomicReference<>(connected);
            Awaitility.await()
                    .atMost(DEADLINE.plusSeconds(60))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> {
                        Memory now = Memory.now();
                        highest.updateAndGet(high ->
                                new Memory(Math.max(high.heap(), now.heap()), Math.max(high.direct(), now.direct())));
                        return server.connectionCount() == 1;
                    });
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            swarm.expect("gone");
            good.stop();

            long heap = (highest.get().heap() - before.heap()) / PEERS;
            long direct = (highest.get().direct() - before.direct()) / PEERS;
            System.out.printf(
                    "10,000 hostile peers: heap %d B and direct memory %d B per peer, gone after %d ms; "
                            + "good peer: %d frames, slowest %d ms%n",
                    heap,
                    direct,
                    took.toMillis(),
                    good.frames.get(),
                    TimeUnit.NANOSECONDS.toMillis(good.slowest.get()));
            assertThat(heap).isLessThan(HEAP_PER_PEER);
            assertThat(direct).isLessThan(DIRECT_PER_PEER);
            assertThat(good.failure.get()).isNull();
            assertThat(good.frames.get()).isGreaterThan(20);
            // Reasons say that each kind met its own end.
            assertThat(loopback.closes("server-1", "setup_timeout")).isGreaterThanOrEqualTo(11 * TWENTIETH);
            assertThat(loopback.closes("server-1", "handshake_failed")).isEqualTo(5 * TWENTIETH);
            // How many handshakes are done in time is up to the machine; the rest met the deadline.
            assertThat(loopback.closes("server-1", "decryption_failed")).isBetween(1.0, TWENTIETH);
            assertThat(loopback.closes("server-1", "slow_peer")).isBetween(1.0, TWENTIETH);
            assertThat(loopback.closes("server-1", "frame_too_large")).isBetween(1.0, TWENTIETH);
        }
    }

    /** Echoes; and sends without end to those that will not read. */
    private static void serve(Sv2Connection connection) {
        Loopback.echo(connection);
        if (connection.info().client().vendor().equals(HostileSwarm.Behaviour.HALF_OPEN.name())) {
            EncodedFrame frame = EncodedFrame.of(frame(2_000));
            connection.drainHandler(_ -> fill(connection, frame));
            fill(connection, frame);
        }
    }

    private static void fill(Sv2Connection connection, EncodedFrame frame) {
        while (connection.isWritable()) {
            connection.sendEncoded(frame);
        }
    }

    /** Sends a frame and waits for its echo, again and again. */
    private static final class GoodPeer {
        final AtomicInteger frames = new AtomicInteger();
        final AtomicLong slowest = new AtomicLong();
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final BlockingQueue<UnknownExtension> received = new LinkedBlockingQueue<>();
        private final Sv2Connection connection;
        private final Thread thread;

        GoodPeer(Sv2Connection connection) {
            this.connection = connection;
            connection.unknownExtensionHandler(received::add);
            connection.messageHandler(message -> {});
            thread = Thread.ofPlatform().start(this::exchange);
        }

        private void exchange() {
            try {
                while (running.get()) {
                    long began = System.nanoTime();
                    connection.sendEncoded(EncodedFrame.of(frame(1_000)));
                    assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(frame(1_000));
                    slowest.accumulateAndGet(System.nanoTime() - began, Math::max);
                    frames.incrementAndGet();
                    assertThat(received.poll(10, TimeUnit.MILLISECONDS)).isNull();
                }
            } catch (InterruptedException | AssertionError e) {
                failure.set(e);
            }
        }

        void stop() throws InterruptedException {
            running.set(false);
            thread.join();
            connection.close();
        }
    }
}
