package org.ehashpool.kit.sv2.socket;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.handshake.AwaitingAct2;
import org.ehashpool.noise.handshake.Established;
import org.ehashpool.noise.handshake.Initiator;
import org.ehashpool.noise.handshake.Responder;
import org.ehashpool.noise.transport.FrameLayout;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.UnknownExtension;
import org.ehashpool.sv2.message.Message;

/**
 * An encrypted connection on a blocking socket: nothing between the socket and the pure modules. Each direction is for
 * one thread at a time.
 */
public final class SocketLink implements AutoCloseable {
    private final DataInputStream in;
    private final OutputStream out;
    private final Established session;

    private SocketLink(DataInputStream in, OutputStream out, Established session) {
        this.in = in;
        this.out = out;
        this.session = session;
    }

    /**
     * Makes the handshake as the side that dialled.
     *
     * @throws NoiseException if the server is not who it must be, or makes none
     */
    public static SocketLink initiate(Socket socket, Initiator initiator, long nowEpochSeconds)
            throws IOException, NoiseException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        try (AwaitingAct2 handshake = initiator.start()) {
            out.write(handshake.act1());
            byte[] act2 = new byte[Responder.ACT2_LENGTH];
            in.readFully(act2);
            return new SocketLink(in, out, handshake.finish(act2, nowEpochSeconds));
        }
    }

    /**
     * Makes the handshake as the side that listens.
     *
     * @throws EOFException if the other end has closed
     */
    public static SocketLink respond(Socket socket, Responder responder, long nowEpochSeconds)
            throws IOException, NoiseException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        byte[] act1 = new byte[Responder.ACT1_LENGTH];
        in.readFully(act1);
        Responder.Response response = responder.respond(act1, nowEpochSeconds);
        out.write(response.act2());
        return new SocketLink(in, out, response.session());
    }

    /** Sends a message without TLVs. */
    public void send(Message message) throws IOException, NoiseException {
        int length = MessageCodec.encodedLength(message);
        byte[] frame = new byte[FrameHeader.LENGTH + length];
        int position = MessageCodec.header(message, length).write(frame, 0);
        MessageCodec.encode(message, frame, position);
        send(frame);
    }

    /** Sends a plaintext frame, header and payload. */
    public void send(byte[] frame) throws IOException, NoiseException {
        byte[] encrypted = new byte[FrameLayout.encryptedFrameLength(frame.length - FrameHeader.LENGTH)];
        int length = session.encryptor().encrypt(frame, 0, frame.length, encrypted, 0);
        out.write(encrypted, 0, length);
    }

    /** Sends bytes as they are. */
    public void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /**
     * Receives a message that the codec knows.
     *
     * @throws EOFException if the other end has closed
     * @throws NoiseException if it is not the other end's ciphertext
     * @throws org.ehashpool.sv2.codec.ProtocolViolationException if it is none that may come now
     */
    public Message receive(Reception reception) throws IOException, NoiseException {
        FrameHeader header = readHeader(in.readByte());
        MessageCodec.admit(reception, header);
        byte[] payload = readPayload(header);
        return switch (MessageCodec.decode(reception, header, payload, 0)) {
            case Decoded(Message message, var tlvs) -> message;
            case UnknownExtension unknown ->
                throw new NoiseException(
                        NoiseException.Reason.MALFORMED_MESSAGE, "a message was due, not " + unknown.header());
        };
    }

    /**
     * Receives any frame, header and payload in plaintext; an empty array if the other end closed between two frames.
     *
     * @param largest the longest payload that is taken
     */
    public byte[] receiveFrame(int largest) throws IOException, NoiseException {
        int first = in.read();
        if (first < 0) {
            return new byte[0];
        }
        FrameHeader header = readHeader((byte) first);
        if (header.length() > largest) {
            throw new NoiseException(
                    NoiseException.Reason.MALFORMED_MESSAGE, header.length() + " bytes, at most " + largest);
        }
        byte[] payload = readPayload(header);
        byte[] frame = new byte[FrameHeader.LENGTH + header.length()];
        int position = header.write(frame, 0);
        System.arraycopy(payload, 0, frame, position, header.length());
        return frame;
    }

    /** Drops whatever comes until the other end has closed. */
    public void awaitClose() throws IOException {
        InputStream rest = in;
        rest.transferTo(OutputStream.nullOutputStream());
    }

    private FrameHeader readHeader(byte first) throws IOException, NoiseException {
        byte[] header = new byte[FrameLayout.ENCRYPTED_HEADER_LENGTH];
        header[0] = first;
        in.readFully(header, 1, header.length - 1);
        session.decryptor().decryptHeader(header, 0, header, 0);
        return FrameHeader.read(header, 0);
    }

    private byte[] readPayload(FrameHeader header) throws IOException, NoiseException {
        byte[] payload = new byte[FrameLayout.encryptedPayloadLength(header.length())];
        if (header.length() > 0) {
            in.readFully(payload);
            session.decryptor().decryptPayload(payload, 0);
        }
        return payload;
    }

    /** Overwrites the keys; the socket is its owner's to close. */
    @Override
    public void close() {
        session.close();
    }
}
