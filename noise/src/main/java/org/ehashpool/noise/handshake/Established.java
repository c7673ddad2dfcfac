package org.ehashpool.noise.handshake;

import java.util.Optional;
import org.ehashpool.noise.transport.CipherState;
import org.ehashpool.noise.transport.FrameDecryptor;
import org.ehashpool.noise.transport.FrameEncryptor;
import org.jspecify.annotations.Nullable;

/** A finished handshake: the two directions of the session. Closing closes both. */
public final class Established implements AutoCloseable {
    private final FrameEncryptor encryptor;
    private final FrameDecryptor decryptor;
    private final byte[] handshakeHash;
    private final @Nullable PresentedCertificate server;

    Established(
            CipherState sending, CipherState receiving, byte[] handshakeHash, @Nullable PresentedCertificate server) {
        encryptor = new FrameEncryptor(sending);
        decryptor = new FrameDecryptor(receiving);
        this.handshakeHash = handshakeHash;
        this.server = server;
    }

    /** For the frames we send; the same object each time. */
    public FrameEncryptor encryptor() {
        return encryptor;
    }

    /** For the frames we receive; the same object each time. */
    public FrameDecryptor decryptor() {
        return decryptor;
    }

    /**
     * The handshake hash h after act 2, 32 bytes, the same on both sides and on no other connection: what a signature
     * covers to bind it to this one. Not secret. A copy.
     */
    public byte[] handshakeHash() {
        return handshakeHash.clone();
    }

    /** What the server presented; empty on the responder's side, where the other party is anonymous. */
    public Optional<PresentedCertificate> server() {
        return Optional.ofNullable(server);
    }

    /** Overwrites the keys of both directions. */
    @Override
    public void close() {
        encryptor.close();
        decryptor.close();
    }
}
