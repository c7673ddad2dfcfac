package org.ehashpool.cli.interop;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.ehashpool.cli.interop.Outcome.Broken;
import org.ehashpool.cli.interop.Outcome.Done;
import org.ehashpool.cli.interop.Outcome.Refused;
import org.ehashpool.cli.interop.Outcome.Side;
import org.ehashpool.kit.sv2.socket.SocketLink;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.CertificateVerifier;
import org.ehashpool.noise.certificate.XOnlyPublicKey;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.handshake.ServerAuthentication;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.ProtocolViolationException;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Common.SetupConnection;
import org.ehashpool.sv2.message.Common.SetupConnectionError;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;

/** The noise and codec modules alone, on blocking sockets: what fails here is no fault of the network layer. */
final class SocketEnd implements OurEnd {
    private static final int VERSION = 2;
    private static final int LARGEST_FRAME = 1 << 20;

    private final Secp256k1 curve;
    private final SecureRandom random;
    private final InstantSource clock;

    SocketEnd(Secp256k1 curve, SecureRandom random, InstantSource clock) {
        this.curve = curve;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public Listening listen(Serving serving) throws IOException {
        return new SocketListening(serving, new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }

    @Override
    public Outcome dial(Dialling dialling) {
        try (Socket socket = new Socket()) {
            socket.connect(dialling.address(), millis(dialling.patience()));
            configure(socket, dialling.patience());
            return outcomeOf(() -> initiate(socket, dialling));
        } catch (IOException e) {
            return new Broken(dialling.address() + ": " + e);
        }
    }

    private Outcome initiate(Socket socket, Dialling dialling) throws IOException, NoiseException {
        Initiator initiator = new Initiator(
                curve,
                KeySource.random(curve, random),
                new ServerAuthentication.Pinned(new CertificateVerifier(
                        dialling.authority(), CertificateVerifier.DEFAULT_CLOCK_SKEW_SECONDS, curve)));
        try (SocketLink link = SocketLink.initiate(socket, initiator, now())) {
            if (dialling.conduct() == Conduct.GARBAGE) {
                return sendGarbage(link);
            }
            link.send(setupConnection(dialling));
            return switch (link.receive(Reception.setup(Sender.SERVER, Limits.DEFAULT))) {
                case SetupConnectionSuccess(int version, long flags) -> exchange(link, dialling, version);
                case SetupConnectionError(long flags, Text code) -> new Refused(Side.THEIRS, code.printable());
                case Message other -> new Refused(Side.OURS, "no answer to SetupConnection: " + other);
            };
        }
    }

    private static SetupConnection setupConnection(Dialling dialling) {
        return new SetupConnection(
                dialling.protocol().number(),
                VERSION,
                VERSION,
                0,
                Text.of(dialling.address().getHostString()),
                dialling.address().getPort(),
                Text.of("ehashpool"),
                Text.of("interop"),
                Text.EMPTY,
                Text.EMPTY);
    }

    private static Outcome exchange(SocketLink link, Dialling dialling, int version)
            throws IOException, NoiseException {
        for (int size : dialling.frames()) {
            byte[] frame = PatternFrame.of(size);
            link.send(frame);
            byte[] echo = link.receiveFrame(LARGEST_FRAME);
            if (echo.length == 0) {
                return new Refused(Side.THEIRS, "closed instead of returning a frame of " + size);
            }
            if (!Arrays.equals(echo, frame)) {
                return new Broken("a frame of " + size + " came back changed");
            }
        }
        return new Done(version, dialling.frames());
    }

    private Outcome respond(Socket socket, Serving serving) throws IOException, NoiseException {
        configure(socket, serving.patience());
        try (EllSwiftKeyPair staticKey = EllSwiftKeyPair.generate(curve, random)) {
            byte[] randomness = new byte[Secp256k1.RANDOMNESS_LENGTH];
            random.nextBytes(randomness);
            Certificate certificate = serving.authority()
                    .issue(XOnlyPublicKey.of(curve.decode(staticKey.encoding())), serving.validity(), randomness);
            Responder responder =
                    new Responder(curve, KeySource.random(curve, random), ServerIdentity.fixed(staticKey, certificate));
            try (SocketLink link = SocketLink.respond(socket, responder, now())) {
                return serving.conduct() == Conduct.GARBAGE ? sendGarbage(link) : serve(link, serving.protocol());
            }
        }
    }

    private static Outcome serve(SocketLink link, Protocol protocol) throws IOException, NoiseException {
        Message first = link.receive(Reception.setup(Sender.CLIENT, Limits.DEFAULT));
        if (!(first instanceof SetupConnection setup)) {
            return new Refused(Side.OURS, "not SetupConnection: " + first);
        }
        String refusal = refusalOf(setup, protocol);
        if (!refusal.isEmpty()) {
            link.send(new SetupConnectionError(0, Text.of(refusal)));
            return new Refused(Side.OURS, refusal);
        }
        link.send(new SetupConnectionSuccess(VERSION, 0));
        List<Integer> sizes = new ArrayList<>();
        while (true) {
            byte[] frame = link.receiveFrame(LARGEST_FRAME);
            if (frame.length == 0) {
                return new Done(VERSION, sizes);
            }
            link.send(frame);
            sizes.add(frame.length - FrameHeader.LENGTH);
        }
    }

    /** The error code of SetupConnection.Error, or nothing. */
    private static String refusalOf(SetupConnection setup, Protocol protocol) {
        if (setup.protocol() != protocol.number()) {
            return "unsupported-protocol";
        }
        return setup.minVersion() <= VERSION && VERSION <= setup.maxVersion() ? "" : "protocol-version-mismatch";
    }

    private static Outcome sendGarbage(SocketLink link) throws IOException {
        link.sendRaw(PatternFrame.garbage());
        link.awaitClose();
        return new Refused(Side.THEIRS, "closed");
    }

    private static Outcome outcomeOf(Conversation conversation) {
        try {
            return conversation.hold();
        } catch (NoiseException e) {
            return new Refused(Side.OURS, e.reason() + ": " + e.getMessage());
        } catch (ProtocolViolationException e) {
            return new Refused(Side.OURS, String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            return new Broken("timed out waiting for the other end");
        } catch (EOFException | SocketException e) {
            return new Refused(Side.THEIRS, "closed: " + e);
        } catch (IOException e) {
            return new Broken(e.toString());
        }
    }

    private static void configure(Socket socket, Duration patience) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(millis(patience));
    }

    private static int millis(Duration patience) {
        return Math.toIntExact(patience.toMillis());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private interface Conversation {
        Outcome hold() throws IOException, NoiseException;
    }

    private final class SocketListening implements Listening {
        private final ServerSocket listener;
        private final AtomicReference<@Nullable Socket> accepted = new AtomicReference<>();
        private final CompletableFuture<Outcome> outcome;

        SocketListening(Serving serving, ServerSocket listener) {
            this.listener = listener;
            outcome = CompletableFuture.supplyAsync(
                    () -> accept(serving),
                    task -> Thread.ofVirtual().name("interop-responder").start(task));
        }

        private Outcome accept(Serving serving) {
            try (listener;
                    Socket socket = listener.accept()) {
                accepted.set(socket);
                return outcomeOf(() -> respond(socket, serving));
            } catch (IOException e) {
                return new Broken("nobody came: " + e);
            }
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
        }

        @Override
        public Outcome outcome(Duration limit) throws InterruptedException {
            try {
                return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return new Broken("the connection did not end within " + limit.toSeconds() + " s");
            } catch (ExecutionException e) {
                return new Broken(String.valueOf(e.getCause()));
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            Socket socket = accepted.get();
            if (socket != null) {
                socket.close();
            }
        }
    }
}
