package org.ehashpool.noise.handshake;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.certificate.Certificate;
import org.ehashpool.noise.certificate.XOnlyPublicKey;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Role;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.transport.CipherState;

/** An initiator that has sent act 1. Good for one answer; closing gives up and overwrites the ephemeral key. */
public final class AwaitingAct2 implements AutoCloseable {
    private static final byte[] EMPTY = {};

    private final Secp256k1 curve;
    private final ServerAuthentication authentication;
    private final EllSwiftKeyPair ephemeral;
    private final byte[] act1;
    private final SymmetricState state = new SymmetricState();
    private final AtomicBoolean used = new AtomicBoolean();

    AwaitingAct2(Secp256k1 curve, ServerAuthentication authentication, EllSwiftKeyPair ephemeral) {
        this.curve = curve;
        this.authentication = authentication;
        this.ephemeral = ephemeral;
        act1 = ephemeral.encoding();
        state.mixHash(act1);
        // EncryptAndHash of the empty payload: without a key this is MixHash of nothing.
        state.mixHash(EMPTY);
    }

    /** The 64 bytes to send; a copy. */
    public byte[] act1() {
        return act1.clone();
    }

    /**
     * Reads the responder's answer (4.5.2.2) and checks who it is (4.5.3).
     *
     * @param act2 the 234 bytes
     * @param nowEpochSeconds the current time
     * @throws NoiseException {@code MALFORMED_MESSAGE}, {@code DECRYPTION_FAILED}, or a reason of
     *     {@link org.ehashpool.noise.certificate.CertificateVerifier#verify}; the handshake is over
     * @throws IllegalStateException if this state was used or closed before
     */
    public Established finish(byte[] act2, long nowEpochSeconds) throws NoiseException {
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("this handshake was finished or closed before");
        }
        try (ephemeral;
                state) {
            return read(act2, nowEpochSeconds);
        }
    }

    private Established read(byte[] act2, long nowEpochSeconds) throws NoiseException {
        if (act2.length != Act2.LENGTH) {
            throw new NoiseException(
                    Reason.MALFORMED_MESSAGE, "act 2 has " + act2.length + " bytes, expected " + Act2.LENGTH);
        }
        byte[] remoteEphemeral = Arrays.copyOf(act2, Act2.ENCRYPTED_STATIC_KEY);
        state.mixHash(remoteEphemeral);
        state.mixKey(sharedSecret(remoteEphemeral));
        byte[] remoteStatic =
                state.decryptAndHash(Arrays.copyOfRange(act2, Act2.ENCRYPTED_STATIC_KEY, Act2.ENCRYPTED_CERTIFICATE));
        state.mixKey(sharedSecret(remoteStatic));
        Certificate certificate = Certificate.parse(
                state.decryptAndHash(Arrays.copyOfRange(act2, Act2.ENCRYPTED_CERTIFICATE, Act2.LENGTH)));
        XOnlyPublicKey serverKey = XOnlyPublicKey.of(curve.decode(remoteStatic));
        boolean verified =
                switch (authentication) {
                    case ServerAuthentication.Pinned(var verifier) -> {
                        verifier.verify(certificate, serverKey, nowEpochSeconds);
                        yield true;
                    }
                    case ServerAuthentication.Unauthenticated() -> false;
                };
        CipherState[] ciphers = state.split();
        return new Established(
                ciphers[0], ciphers[1], state.hash(), new PresentedCertificate(certificate, serverKey, verified));
    }

    private Secret sharedSecret(byte[] remote) {
        return curve.sharedSecret(ephemeral.secret(), act1, remote, Role.INITIATOR);
    }

    /** Gives the handshake up, unless it is finished. */
    @Override
    public void close() {
        if (used.compareAndSet(false, true)) {
            ephemeral.close();
            state.close();
        }
    }

    /** For the test that looks for what is left of it. */
    SymmetricState state() {
        return state;
    }
}
