package org.ehashpool.kit.sv2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.sv2.message.Common.SetupConnection;
import org.ehashpool.sv2.type.Text;

/**
 * Many peers in a process of their own, since the limit of open files is per process. Arguments: port, number of peers,
 * their behaviour ({@code MIXED}: all in turn). Connects all, prints {@code connected}, waits for a line on its input,
 * misbehaves, prints {@code gone} when the server has closed every one of them.
 */
final class HostileSwarm {

    /** More than the server takes, in bytes. */
    static final int OVERSIZED = 10_000;

    private static final int PEERS_PER_ADDRESS = 1_000;

    /** What a peer does. */
    enum Behaviour {
        /** Nothing at all. */
        SILENT,
        /** Act 1, a byte now and then. */
        SLOW,
        /** More bytes than act 1 has, of no meaning. */
        GARBAGE,
        /** A perfect handshake, then bytes of no meaning. */
        GARBAGE_AFTER_HANDSHAKE,
        /** A whole setup; then never reads what the server sends. */
        HALF_OPEN,
        /** A whole setup; then the header of a frame larger than the server takes. */
        OVERSIZED,
        /** A whole setup; then nothing: no hostile peer, but an idle one. Not part of the mix. */
        IDLE
    }

    /** Of twenty peers three cost curve work, on both sides: on a small machine that takes the longest. */
    private static final Behaviour[] MIX = {
        Behaviour.SILENT, Behaviour.SLOW, Behaviour.GARBAGE, Behaviour.HALF_OPEN, Behaviour.SILENT,
        Behaviour.SLOW, Behaviour.GARBAGE, Behaviour.SILENT, Behaviour.SLOW, Behaviour.GARBAGE_AFTER_HANDSHAKE,
        Behaviour.SILENT, Behaviour.SLOW, Behaviour.GARBAGE, Behaviour.SILENT, Behaviour.SLOW,
        Behaviour.GARBAGE, Behaviour.OVERSIZED, Behaviour.SILENT, Behaviour.SLOW, Behaviour.GARBAGE
    };

    private HostileSwarm() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        boolean mixed = arguments[2].equals("MIXED");
        RawPeer[] peers = new RawPeer[count];
        for (int i = 0; i < count; i++) {
            peers[i] = new RawPeer(port, "127.0.0." + (2 + i / PEERS_PER_ADDRESS));
        }
        say("connected");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        input.readLine();
        CountDownLatch gone = new CountDownLatch(count);
        // So that the first are not starved by the last.
        Semaphore computing = new Semaphore(64);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                RawPeer peer = peers[i];
                Behaviour behaviour = mixed ? MIX[i % MIX.length] : Behaviour.valueOf(arguments[2]);
                var _ = threads.submit(() -> {
                    play(peer, behaviour, computing);
                    gone.countDown();
                });
            }
            while (!gone.await(1, TimeUnit.SECONDS)) {
                say("left " + gone.getCount());
            }
        }
        say("gone");
    }

    private static void play(RawPeer peer, Behaviour behaviour, Semaphore computing) {
        try (peer) {
            misbehave(peer, behaviour, computing);
            waitForTheEnd(peer, behaviour);
        } catch (IOException | NoiseException closedByTheServer) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitForTheEnd(RawPeer peer, Behaviour behaviour)
            throws IOException, NoiseException, InterruptedException {
        switch (behaviour) {
            case HALF_OPEN -> {
                while (true) {
                    peer.writeAfter(2_000);
                }
            }
            case SLOW -> {
                while (!peer.isClosedWithin(2_000)) {
                    peer.send((byte) 1);
                }
            }
            case SILENT, GARBAGE, GARBAGE_AFTER_HANDSHAKE, OVERSIZED, IDLE -> {
                peer.isClosedWithin(120_000);
            }
        }
    }

    private static void misbehave(RawPeer peer, Behaviour behaviour, Semaphore computing)
            throws IOException, NoiseException, InterruptedException {
        switch (behaviour) {
            case SILENT, SLOW -> {
                return;
            }
            case GARBAGE -> peer.send(garbage(500));
            case GARBAGE_AFTER_HANDSHAKE -> {
                handshake(peer, computing);
                peer.send(garbage(500));
            }
            case HALF_OPEN, IDLE -> {
                handshake(peer, computing);
                peer.send(setup(behaviour));
            }
            case OVERSIZED -> {
                handshake(peer, computing);
                peer.send(setup(behaviour));
                peer.send(peer.encryptedHeader(0, 0x1b, OVERSIZED));
            }
        }
    }

    private static void handshake(RawPeer peer, Semaphore computing)
            throws IOException, NoiseException, InterruptedException {
        computing.acquire();
        try {
            peer.handshake();
        } finally {
            computing.release();
        }
    }

    private static SetupConnection setup(Behaviour behaviour) {
        return new SetupConnection(
                0, 2, 2, 0, Text.of("localhost"), 0, Text.of(behaviour.name()), Text.EMPTY, Text.EMPTY, Text.EMPTY);
    }

    private static byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }
}
