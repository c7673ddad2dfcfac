package org.ehashpool.noise.certificate;

import java.security.SecureRandom;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;

/**
 * The keys of a pool's authority: who holds the secret can name servers that miners trust. Closing overwrites it.
 *
 * <p>The secret's text form is that of the reference implementation: base58check of the 32 bytes, without a version.
 */
public final class AuthorityKeyPair implements AutoCloseable {
    private final Secp256k1 curve;
    private final Secret secret;
    private final AuthorityPublicKey publicKey;

    private AuthorityKeyPair(Secp256k1 curve, Secret secret) {
        this.curve = curve;
        this.secret = secret;
        publicKey = new AuthorityPublicKey(XOnlyPublicKey.of(curve.xOnlyPublicKey(secret)));
    }

    /**
     * The pair of a secret key, which it takes over.
     *
     * @throws IllegalArgumentException if the secret is no secret key
     */
    public static AuthorityKeyPair of(Secp256k1 curve, Secret secret) {
        return new AuthorityKeyPair(curve, secret);
    }

    /** A fresh pair. */
    public static AuthorityKeyPair generate(Secp256k1 curve, SecureRandom random) {
        return new AuthorityKeyPair(curve, EllSwiftKeyPair.generateSecret(curve, random));
    }

    /**
     * Reads the text form of the secret.
     *
     * @throws IllegalArgumentException that says what is wrong, without repeating the secret
     */
    public static AuthorityKeyPair parseSecret(String text, Secp256k1 curve) {
        Secret secret = null;
        try {
            secret = Secret.owning(Base58Check.decode(text));
            return new AuthorityKeyPair(curve, secret);
        } catch (IllegalArgumentException e) {
            if (secret != null) {
                secret.close();
            }
            throw new IllegalArgumentException("authority secret key: " + e.getMessage(), e);
        }
    }

    /** The text form of the secret. It cannot be overwritten: for key generation, to be written to its file. */
    public String exportSecret() {
        return secret.apply(Base58Check::encode);
    }

    public AuthorityPublicKey publicKey() {
        return publicKey;
    }

    /**
     * Signs a certificate for a server's static key.
     *
     * @param serverKey the x coordinate of the static key
     * @param randomness 32 fresh bytes
     */
    public Certificate issue(XOnlyPublicKey serverKey, Validity validity, byte[] randomness) {
        byte[] signature = curve.sign(secret, Certificate.digest(Certificate.VERSION, validity, serverKey), randomness);
        return new Certificate(Certificate.VERSION, validity, signature);
    }

    /** Overwrites the secret. */
    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "AuthorityKeyPair[" + publicKey + "]";
    }
}
