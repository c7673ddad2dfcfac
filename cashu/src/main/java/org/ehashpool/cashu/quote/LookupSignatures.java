package org.ehashpool.cashu.quote;

import java.nio.charset.StandardCharsets;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;

/**
 * The signatures with which a key's owner asks for its quotes (NUT-XX, in its newest draft). They hold at one mint and
 * for one time.
 */
public final class LookupSignatures {

    private static final String DOMAIN = "Cashu_MintQuoteLookup_v1";

    private LookupSignatures() {}

    /**
     * Signs for a lookup.
     *
     * @param mint the mint's public key, of NUT-06
     * @param key whose quotes are asked for
     * @param timestamp seconds since the epoch, 0 or more
     * @param randomness 32 fresh random bytes
     * @return 128 hexadecimal digits
     */
    public static String sign(PublicKey mint, SecretKey key, long timestamp, byte[] randomness) {
        return Signatures.sign(message(mint, key.publicKey(), timestamp), key, randomness);
    }

    /**
     * Whether the key has signed for a lookup. Whether the timestamp is of now is not asked here.
     *
     * @param signature hexadecimal digits; anything else is no signature
     */
    public static boolean verify(PublicKey mint, PublicKey key, long timestamp, String signature) {
        return Signatures.parse(signature)
                .filter(bytes -> Signatures.verify(message(mint, key, timestamp), key, bytes))
                .isPresent();
    }

    /** The domain, both keys in hexadecimal digits, the time in decimal ones: all of it text. */
    static byte[] message(PublicKey mint, PublicKey key, long timestamp) {
        return (DOMAIN + mint + key + timestamp).getBytes(StandardCharsets.US_ASCII);
    }
}
