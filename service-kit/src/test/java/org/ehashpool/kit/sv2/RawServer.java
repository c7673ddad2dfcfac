package org.ehashpool.kit.sv2;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.noise.handshake.Established;
import org.ehashpool.noise.handshake.KeySource;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.handshake.ServerIdentity;
import org.ehashpool.noise.transport.FrameLayout;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.message.Message;

/** A server that follows a script on each connection, on plain blocking sockets. */
final class RawServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    private final Loopback loopback;
    private final ServerIdentity identity;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    /** What happens on a connection after its handshake; it is closed at the end. */
    interface Script {
        void play(Peer peer) throws IOException, NoiseException, InterruptedException;
    }

    RawServer(Loopback loopback, Script script) throws IOException {
        this(loopback, loopback.identity(), script);
    }

    RawServer(Loopback loopback, ServerIdentity identity, Script script) throws IOException {
        this.loopback = loopback;
        this.identity = identity;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    Sv2Url url() {
        return new Sv2Url("127.0.0.1", listener.getLocalPort(), loopback.authority.publicKey());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Responder responder = new Responder(
                    Loopback.CURVE, KeySource.random(Loopback.CURVE, loopback.environment.random()), identity);
            byte[] act1 = socket.getInputStream().readNBytes(Responder.ACT1_LENGTH);
            Responder.Response response = responder.respond(act1, System.currentTimeMillis() / 1_000);
            socket.getOutputStream().write(response.act2());
            script.play(new Peer(socket, response.session()));
        } catch (IOException | NoiseException | InterruptedException ended) {
            sockets.remove(socket);
        }
    }

    /** The client's end of one connection. */
    record Peer(Socket socket, Established session) {

        void send(Message message) throws IOException, NoiseException {
            byte[] frame = new byte[FrameHeader.LENGTH + MessageCodec.encodedLength(message)];
            MessageCodec.header(message, frame.length - FrameHeader.LENGTH).write(frame, 0);
            MessageCodec.encode(message, frame, FrameHeader.LENGTH);
            byte[] sealed = new byte[FrameLayout.encryptedFrameLength(frame.length - FrameHeader.LENGTH)];
            session.encryptor().encrypt(frame, 0, frame.length, sealed, 0);
            socket.getOutputStream().write(sealed);
        }

        /** Header of the next frame; its payload is thrown away. */
        FrameHeader read() throws IOException, NoiseException {
            byte[] header = exactly(FrameLayout.ENCRYPTED_HEADER_LENGTH);
            int length = session.decryptor().decryptHeader(header, 0, header, 0);
            byte[] payload = exactly(FrameLayout.encryptedPayloadLength(length));
            if (length > 0) {
                session.decryptor().decryptPayload(payload, 0);
            }
            return FrameHeader.read(header, 0);
        }

        /** Reads until the client hangs up. */
        void drain() throws IOException {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }

        private byte[] exactly(int length) throws IOException {
            byte[] bytes = socket.getInputStream().readNBytes(length);
            if (bytes.length < length) {
                throw new IOException("the client closed");
            }
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
