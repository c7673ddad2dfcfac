package org.ehashpool.cashu.blind;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.ehashpool.cashu.curve.Curve;
import org.ehashpool.cashu.point.PublicKey;

/**
 * NUT-00: "Deterministically maps a message to a public key point on the secp256k1 curve, utilizing a domain separator
 * to ensure uniqueness."
 */
public final class HashToCurve {

    private static final byte[] DOMAIN_SEPARATOR = "Secp256k1_HashToCurve_Cashu_".getBytes(StandardCharsets.US_ASCII);

    private HashToCurve() {}

    /** Y of a proof's secret: the point of its UTF-8 bytes. */
    public static PublicKey of(String secret) {
        return of(secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The point of a message: the first of {@code 02}, SHA256(SHA256(separator, message), counter), with a counter of
     * four bytes, little-endian, from 0, that is a point of the curve.
     */
    public static PublicKey of(byte[] message) {
        MessageDigest sha256 = Hashes.sha256();
        sha256.update(DOMAIN_SEPARATOR);
        byte[] hash = sha256.digest(message);
        byte[] input = Arrays.copyOf(hash, hash.length + Integer.BYTES);
        byte[] candidate = new byte[PublicKey.LENGTH];
        candidate[0] = 2;
        // One in two is a point: the 65536 that the specification allows are never reached.
        for (int counter = 0; counter < 1 << 16; counter++) {
            input[hash.length] = (byte) counter;
            input[hash.length + 1] = (byte) (counter >>> 8);
            System.arraycopy(sha256.digest(input), 0, candidate, 1, hash.length);
            byte[] point = Curve.get().decompress(candidate);
            if (point != null) {
                return PublicKey.ofUncompressed(point);
            }
        }
        throw new IllegalStateException("no point of the curve found, which no message is known to do");
    }
}
