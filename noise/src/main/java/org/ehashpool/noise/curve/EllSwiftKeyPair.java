package org.ehashpool.noise.curve;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.ehashpool.noise.Secret;

/**
 * A secret key with the one 64-byte ElligatorSwift encoding of its public key that is sent and hashed.
 *
 * <p>A public key has many encodings, and the shared secret hashes the one that was sent: they stay together. Closing
 * overwrites the secret.
 */
public final class EllSwiftKeyPair implements AutoCloseable {
    private final Secret secret;
    private final byte[] encoding;

    private EllSwiftKeyPair(Secret secret, byte[] encoding) {
        this.secret = secret;
        this.encoding = encoding;
    }

    /**
     * A pair from its parts; takes {@code secret} over.
     *
     * @throws IllegalArgumentException if the secret is no secret key or the encoding is not of its public key
     */
    public static EllSwiftKeyPair of(Secp256k1 curve, Secret secret, byte[] encoding) {
        if (!Arrays.equals(curve.xOnlyPublicKey(secret), curve.decode(encoding))) {
            throw new IllegalArgumentException("the encoding is not of the secret's public key");
        }
        return new EllSwiftKeyPair(secret, encoding.clone());
    }

    /** A fresh pair, by the key generation of 4.3.1.1. */
    public static EllSwiftKeyPair generate(Secp256k1 curve, SecureRandom random) {
        byte[] randomness = new byte[Secp256k1.RANDOMNESS_LENGTH];
        random.nextBytes(randomness);
        Secret secret = generateSecret(curve, random);
        return new EllSwiftKeyPair(secret, curve.createEncoding(secret, randomness));
    }

    /** A fresh secret key: drawn again in the one case of about 2^128 in which the bytes are no scalar. */
    public static Secret generateSecret(Secp256k1 curve, SecureRandom random) {
        while (true) {
            byte[] bytes = new byte[Secp256k1.SECRET_LENGTH];
            random.nextBytes(bytes);
            Secret secret = Secret.owning(bytes);
            if (curve.isSecretKey(secret)) {
                return secret;
            }
            secret.close();
        }
    }

    public Secret secret() {
        return secret;
    }

    /** The 64 bytes that are sent; a copy. */
    public byte[] encoding() {
        return encoding.clone();
    }

    /** Overwrites the secret. */
    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "EllSwiftKeyPair[" + HexFormat.of().formatHex(encoding, 0, 4) + "…]";
    }
}
