package org.ehashpool.noise.curve;

import org.ehashpool.noise.Secret;

/**
 * The operations on secp256k1 that the handshake and its certificates need.
 *
 * <p>Implementations are thread-safe, keep no secret after a call, and agree byte for byte, also on the encodings they
 * choose for given randomness. Arrays are copied or read within the call. An array of another length than stated, or a
 * secret that is no scalar, is the caller's mistake: {@link IllegalArgumentException}.
 */
public sealed interface Secp256k1 permits NativeSecp256k1, JavaSecp256k1 {
    /** Bytes of a secret key, big-endian. */
    int SECRET_LENGTH = 32;

    /** Bytes of an x-only public key, big-endian (BIP 340). */
    int X_ONLY_LENGTH = 32;

    /** Bytes of an ElligatorSwift encoding, u then t, both big-endian (BIP 324). */
    int ENCODING_LENGTH = 64;

    /** Bytes of a Schnorr signature, r then s, both big-endian (BIP 340). */
    int SIGNATURE_LENGTH = 64;

    /** Bytes of the fresh randomness that encoding and signing take. */
    int RANDOMNESS_LENGTH = 32;

    /** Which implementation this is: {@code native} or {@code java}. */
    String name();

    /** Whether {@code secret} is 32 bytes and, as a number, neither 0 nor at least the group order (4.3.1.1). */
    boolean isSecretKey(Secret secret);

    /** Whether the 32 bytes are below the field size and the x coordinate of a point on the curve. */
    boolean isXOnlyPublicKey(byte[] xOnly);

    /** The 32-byte x coordinate of {@code secret}·G. */
    byte[] xOnlyPublicKey(Secret secret);

    /**
     * A 64-byte ElligatorSwift encoding of {@code secret}·G, chosen by {@code secret} and {@code randomness}: without
     * knowing them it cannot be told from random bytes.
     */
    byte[] createEncoding(Secret secret, byte[] randomness);

    /**
     * A 64-byte ElligatorSwift encoding of the point with this x coordinate, chosen by {@code randomness}.
     *
     * @throws IllegalArgumentException also if {@code xOnly} is on no point of the curve
     */
    byte[] encode(byte[] xOnly, byte[] randomness);

    /** The 32-byte x coordinate that an encoding stands for: every 64 bytes stand for one. */
    byte[] decode(byte[] encoding);

    /**
     * The shared secret of BIP 324, 32 bytes: tagged hash {@code bip324_ellswift_xonly_ecdh} of the initiator's
     * encoding, the responder's encoding and the x coordinate of our scalar times the other party's point.
     *
     * @param ourRole which of the two encodings is ours; the other one is multiplied by {@code secret}
     */
    Secret sharedSecret(Secret secret, byte[] initiatorEncoding, byte[] responderEncoding, Role ourRole);

    /** The 64-byte BIP 340 signature over {@code message}, which may have any length. */
    byte[] sign(Secret secret, byte[] message, byte[] randomness);

    /** Whether BIP 340 accepts the 64-byte signature over {@code message}; false too for a key that is on no point. */
    boolean verify(byte[] xOnly, byte[] message, byte[] signature);
}
