package org.ehashpool.cashu.quote;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.ehashpool.cashu.curve.Curve;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;

/** BIP 340 signatures of SHA-256 of a message, in hexadecimal digits. */
final class Signatures {

    private Signatures() {}

    static String sign(byte[] message, SecretKey key, byte[] randomness) {
        return HexFormat.of().formatHex(key.sign(sha256(message), randomness));
    }

    static boolean verify(byte[] message, PublicKey key, byte[] signature) {
        return key.verify(sha256(message), signature);
    }

    /** The 64 bytes of 128 digits; empty of anything else, which signs nothing. */
    static Optional<byte[]> parse(String signature) {
        boolean digits = signature.length() == 2 * Curve.SIGNATURE_LENGTH
                && signature.chars().allMatch(HexFormat::isHexDigit);
        return digits ? Optional.of(HexFormat.of().parseHex(signature)) : Optional.empty();
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
