package org.ehashpool.kit.sv2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.handshake.AwaitingAct2;
import org.ehashpool.noise.handshake.Established;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.handshake.ServerAuthentication;
import org.ehashpool.noise.transport.FrameLayout;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.message.Common.SetupConnection;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;

/** A client that does what it is told, byte by byte, on a plain blocking socket. */
final class RawPeer implements AutoCloseable {

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final Socket socket = new Socket();
    private @Nullable Established session;

    RawPeer(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    RawPeer(int port, String from) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 10_000);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
    }

    static SetupConnection setup(int protocol) {
        return new SetupConnection(
                protocol, 2, 2, 0, Text.of("127.0.0.1"), 0, Text.of("raw"), Text.EMPTY, Text.EMPTY, Text.EMPTY);
    }

    RawPeer send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawPeer handshake() throws IOException, NoiseException {
        AwaitingAct2 state = initiator().start();
        send(state.act1());
        session = state.finish(read(Responder.ACT2_LENGTH), System.currentTimeMillis() / 1_000);
        return this;
    }

    static Initiator initiator() {
        return new Initiator(
                Loopback.CURVE,
                KeySource.random(Loopback.CURVE, new SecureRandom()),
                new ServerAuthentication.Unauthenticated());
    }

    /** Handshake and an accepted SetupConnection. */
    RawPeer setUp() throws IOException, NoiseException {
        handshake();
        send(setup(0));
        readFrame();
        return this;
    }

    RawPeer send(Message message) throws IOException, NoiseException {
        byte[] frame = new byte[FrameHeader.LENGTH + MessageCodec.encodedLength(message, List.of())];
        MessageCodec.header(message, frame.length - FrameHeader.LENGTH).write(frame, 0);
        MessageCodec.encode(message, frame, FrameHeader.LENGTH);
        return sendFrame(frame);
    }

    /** Encrypts and sends a plaintext frame, header first. */
    RawPeer sendFrame(byte[] frame) throws IOException, NoiseException {
        return send(encrypt(frame));
    }

    byte[] encrypt(byte[] frame) throws NoiseException {
        byte[] sealed = new byte[FrameLayout.encryptedFrameLength(frame.length - FrameHeader.LENGTH)];
        session().encryptor().encrypt(frame, 0, frame.length, sealed, 0);
        return sealed;
    }

    /** A frame with a header that announces {@code length} bytes and has them, all zero. */
    static byte[] frame(int extension, int type, int length) {
        byte[] frame = new byte[FrameHeader.LENGTH + length];
        new FrameHeader(extension, false, type, length).write(frame, 0);
        return frame;
    }

    /** The first 22 bytes of such a frame: what a peer sends that announces more than it ever delivers. */
    byte[] encryptedHeader(int extension, int type, int length) throws NoiseException {
        return Arrays.copyOf(encrypt(frame(extension, type, length)), FrameLayout.ENCRYPTED_HEADER_LENGTH);
    }

    /** Header and payload of the next frame. */
    byte[] readFrame() throws IOException, NoiseException {
        byte[] header = read(FrameLayout.ENCRYPTED_HEADER_LENGTH);
        int length = session().decryptor().decryptHeader(header, 0, header, 0);
        byte[] payload = read(FrameLayout.encryptedPayloadLength(length));
        if (length > 0) {
            session().decryptor().decryptPayload(payload, 0);
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(header, 0, FrameHeader.LENGTH);
        frame.write(payload, 0, length);
        return frame.toByteArray();
    }

    byte[] read(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the server closed after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Reads until the server hangs up; false: it did not within the time. What is read is thrown away. */
    boolean isClosedWithin(int millis) {
        try {
            socket.setSoTimeout(millis);
            byte[] sink = new byte[8_192];
            while (socket.getInputStream().read(sink) >= 0) {
                socket.setSoTimeout(millis);
            }
            return true;
        } catch (SocketTimeoutException still) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /**
     * Waits without reading, then sends a frame: a peer that never reads learns of the end by the reset that its writing
     * meets.
     */
    void writeAfter(int millis) throws IOException, InterruptedException, NoiseException {
        var _ = NEVER.await(millis, TimeUnit.MILLISECONDS);
        sendFrame(frame(0x4444, 1, 0));
    }

    Established session() {
        Established established = session;
        if (established == null) {
            throw new IllegalStateException("no handshake yet");
        }
        return established;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
