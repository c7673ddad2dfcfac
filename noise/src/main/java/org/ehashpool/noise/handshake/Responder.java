package org.ehashpool.noise.handshake;

import java.nio.ByteBuffer;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.noise.NoiseException.Reason;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Role;
import org.ehashpool.noise.curve.Secp256k1;
import org.ehashpool.noise.transport.CipherState;

/**
 * The side that accepts. Thread-safe as its key source is; makes any number of handshakes.
 *
 * <p>A handshake costs one ElligatorSwift encoding and two ECDH, whoever sent act 1: callers bound how many run at once.
 *
 * @param curve computes
 * @param ephemeralKeys gives each handshake its key
 * @param identity who we are
 */
public record Responder(Secp256k1 curve, KeySource ephemeralKeys, ServerIdentity identity) {
    /** Bytes of act 1. */
    public static final int ACT1_LENGTH = Secp256k1.ENCODING_LENGTH;

    /** Bytes of act 2. */
    public static final int ACT2_LENGTH = Act2.LENGTH;

    private static final byte[] EMPTY = {};

    /**
     * A finished handshake on this side.
     *
     * @param act2 the 234 bytes to send
     * @param session what carries the connection from now on
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Response(byte[] act2, Established session) {}

    /**
     * Answers an initiator (4.5.1.2, 4.5.2.1). Any 64 bytes are a valid act 1.
     *
     * @param nowEpochSeconds the current time, for a certificate that is renewed
     * @throws NoiseException {@code MALFORMED_MESSAGE} if act 1 does not have 64 bytes
     */
    public Response respond(byte[] act1, long nowEpochSeconds) throws NoiseException {
        if (act1.length != ACT1_LENGTH) {
            throw new NoiseException(
                    Reason.MALFORMED_MESSAGE, "act 1 has " + act1.length + " bytes, expected " + ACT1_LENGTH);
        }
        return respond(act1.clone(), nowEpochSeconds, new SymmetricState());
    }

    /** Takes the fresh {@code state} over and closes it. */
    Response respond(byte[] remoteEphemeral, long nowEpochSeconds, SymmetricState state) throws NoiseException {
        byte[] certificate = identity.certificateAt(nowEpochSeconds).bytes();
        EllSwiftKeyPair staticKey = identity.staticKey();
        try (state;
                EllSwiftKeyPair ephemeral = ephemeralKeys.next()) {
            state.mixHash(remoteEphemeral);
            // DecryptAndHash of the empty payload: without a key this is MixHash of nothing.
            state.mixHash(EMPTY);

            ByteBuffer act2 = ByteBuffer.allocate(ACT2_LENGTH);
            byte[] ephemeralEncoding = ephemeral.encoding();
            act2.put(ephemeralEncoding);
            state.mixHash(ephemeralEncoding);
            state.mixKey(curve.sharedSecret(ephemeral.secret(), remoteEphemeral, ephemeralEncoding, Role.RESPONDER));
            byte[] staticEncoding = staticKey.encoding();
            act2.put(state.encryptAndHash(staticEncoding));
            state.mixKey(curve.sharedSecret(staticKey.secret(), remoteEphemeral, staticEncoding, Role.RESPONDER));
            act2.put(state.encryptAndHash(certificate));
            CipherState[] ciphers = state.split();
            return new Response(act2.array(), new Established(ciphers[1], ciphers[0], state.hash(), null));
        }
    }
}
