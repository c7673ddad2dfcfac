package org.ehashpool.cashu.blind;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ehashpool.cashu.curve.Curve;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.jspecify.annotations.Nullable;

/** Makes and checks the proofs of NUT-12. */
public final class DleqProofs {

    private static final byte[] NONCE_DOMAIN = "Cashu_DLEQ_R_v1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_TRIES = 256;
    private static final String HMAC = "HmacSHA256";

    private DleqProofs() {}

    /**
     * Proves that C_ = aB_ for the a of A = aG, with the nonce that NUT-12 derives from all of them: the same arguments
     * give the same proof, and no random number generator can give a away.
     *
     * @param key a
     * @param publicKey A; the caller warrants that it belongs to {@code key}
     * @param blinded B_
     * @param signature C_
     */
    public static Dleq prove(SecretKey key, PublicKey publicKey, PublicKey blinded, PublicKey signature) {
        Mac nonces = key.apply(DleqProofs::hmac);
        byte[] prefix =
                join(NONCE_DOMAIN, publicKey.toUncompressed(), blinded.toUncompressed(), signature.toUncompressed());
        // "ctr = nonce counter byte; set to 0x00 initially, increment and retry if r == 0 or r >= n (max 256 tries)"
        for (int counter = 0; counter < NONCE_TRIES; counter++) {
            nonces.update(prefix);
            nonces.update((byte) counter);
            byte[] candidate = nonces.doFinal();
            try {
                Dleq proof = prove(candidate, key, publicKey, blinded, signature);
                if (proof != null) {
                    return proof;
                }
            } finally {
                Arrays.fill(candidate, (byte) 0);
            }
        }
        throw new IllegalStateException("no nonce found, which no key is known to do");
    }

    /** With that nonce; null if it, the challenge or the response is no scalar, as one in 2^127 is. */
    private static @Nullable Dleq prove(
            byte[] candidate, SecretKey key, PublicKey publicKey, PublicKey blinded, PublicKey signature) {
        if (!SecretKey.isSecretKey(candidate)) {
            return null;
        }
        try (SecretKey nonce = SecretKey.of(candidate)) {
            byte[] e = challenge(nonce.publicKey(), blinded.times(nonce), publicKey, signature);
            if (!SecretKey.isSecretKey(e)) {
                return null;
            }
            Curve curve = Curve.get();
            byte[] product = key.apply(a -> curve.multiplyScalars(a, e));
            byte[] s = nonce.<byte @Nullable []>apply(r -> curve.addScalars(r, product));
            Arrays.fill(product, (byte) 0);
            return s == null ? null : new Dleq(e, s);
        }
    }

    /**
     * Whether a proof shows that C_ = aB_ for the a of A = aG: "R1 = s*G - e*A, R2 = s*B' - e*C', e == hash(R1, R2, A,
     * C')".
     *
     * @param publicKey A
     * @param blinded B_
     * @param signature C_
     */
    public static boolean verify(Dleq proof, PublicKey publicKey, PublicKey blinded, PublicKey signature) {
        byte[] e = proof.e();
        byte[] s = proof.s();
        if (!SecretKey.isSecretKey(e) || !SecretKey.isSecretKey(s)) {
            return false;
        }
        Optional<PublicKey> r1 = SecretKey.of(s).publicKey().minus(publicKey.timesPublic(e));
        Optional<PublicKey> r2 = blinded.timesPublic(s).minus(signature.timesPublic(e));
        return r1.isPresent()
                && r2.isPresent()
                && MessageDigest.isEqual(e, challenge(r1.get(), r2.get(), publicKey, signature));
    }

    /** NUT-12's hash_e: SHA-256 of the points' 65 bytes, each in 130 hexadecimal digits. */
    static byte[] challenge(PublicKey... points) {
        MessageDigest sha256 = Hashes.sha256();
        HexFormat hex = HexFormat.of();
        for (PublicKey point : points) {
            sha256.update(hex.formatHex(point.toUncompressed()).getBytes(StandardCharsets.US_ASCII));
        }
        return sha256.digest();
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static byte[] join(byte[]... parts) {
        byte[] joined =
                new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int position = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, position, part.length);
            position += part.length;
        }
        return joined;
    }
}
