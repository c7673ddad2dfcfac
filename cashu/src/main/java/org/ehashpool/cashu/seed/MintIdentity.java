package org.ehashpool.cashu.seed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ehashpool.cashu.point.SecretKey;

/**
 * The key a mint is known by, whose public half NUT-06 publishes and lookups of quotes sign for. It signs no ecash.
 *
 * <p>HMAC-SHA256 of the seed over {@code "Cashu_MintIdentity_v1"} and a counter byte, the first that is a key: as CDK
 * derives it, so that a seed has one identity with either.
 */
public final class MintIdentity {

    private static final byte[] PURPOSE = "Cashu_MintIdentity_v1".getBytes(StandardCharsets.US_ASCII);
    private static final String HMAC = "HmacSHA256";
    private static final int TRIES = 256;

    private MintIdentity() {}

    /**
     * The key of a seed.
     *
     * @param seed not empty; not kept
     */
    public static SecretKey derive(byte[] seed) {
        for (int counter = 0; counter < TRIES; counter++) {
            byte[] candidate = hash(seed, (byte) counter);
            try {
                if (SecretKey.isSecretKey(candidate)) {
                    return SecretKey.of(candidate);
                }
            } finally {
                Arrays.fill(candidate, (byte) 0);
            }
        }
        throw new IllegalStateException("no key found, which no seed is known to do");
    }

    private static byte[] hash(byte[] seed, byte counter) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(seed, HMAC));
            mac.update(PURPOSE);
            mac.update(counter);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
