package org.ehashpool.cashu.seed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;

/** An extended private key of BIP 32: a secret key and a chain code. Never in text; closing it overwrites both. */
public final class ExtendedKey implements AutoCloseable {

    /** Indices, hardened ones and others, are below this: 2^31. */
    public static final long INDEX_LIMIT = 1L << 31;

    private static final byte[] MASTER = "Bitcoin seed".getBytes(StandardCharsets.US_ASCII);
    private static final int MINIMUM_SEED_LENGTH = 16;
    private static final int MAXIMUM_SEED_LENGTH = 64;
    private static final String HMAC = "HmacSHA512";

    private final SecretKey key;
    private final byte[] chainCode;

    private ExtendedKey(SecretKey key, byte[] chainCode) {
        this.key = key;
        this.chainCode = chainCode;
    }

    /**
     * The master key of a seed.
     *
     * @param seed 16 to 64 bytes, 64 of them from BIP 39 words; not kept
     * @throws IllegalArgumentException if it is shorter or longer, or gives no key, as one in 2^127 does not
     */
    public static ExtendedKey master(byte[] seed) {
        if (seed.length < MINIMUM_SEED_LENGTH || seed.length > MAXIMUM_SEED_LENGTH) {
            throw new IllegalArgumentException(
                    "a seed has " + MINIMUM_SEED_LENGTH + " to " + MAXIMUM_SEED_LENGTH + " bytes, not " + seed.length);
        }
        byte[] hash = hmac(MASTER, seed);
        try {
            return new ExtendedKey(left(hash), Arrays.copyOfRange(hash, SecretKey.LENGTH, hash.length));
        } finally {
            Arrays.fill(hash, (byte) 0);
        }
    }

    /** The hardened child {@code index'}: of the private key. */
    public ExtendedKey hardened(long index) {
        checkIndex(index);
        return key.apply(scalar -> child(ByteBuffer.allocate(1 + SecretKey.LENGTH + Integer.BYTES)
                .put((byte) 0)
                .put(scalar)
                .putInt((int) (index | INDEX_LIMIT))
                .array()));
    }

    /** The child {@code index} that is not hardened: of the public key. */
    public ExtendedKey normal(long index) {
        checkIndex(index);
        return child(ByteBuffer.allocate(PublicKey.LENGTH + Integer.BYTES)
                .put(key.publicKey().toBytes())
                .putInt((int) index)
                .array());
    }

    private static void checkIndex(long index) {
        if (index < 0 || index >= INDEX_LIMIT) {
            throw new IllegalArgumentException("an index is 0 to 2^31-1, not " + index);
        }
    }

    /** Fails, as BIP 32 says, for one in 2^127: there is no such child, and the caller's index has to be another. */
    private ExtendedKey child(byte[] data) {
        byte[] hash = hmac(chainCode, data);
        try (SecretKey tweak = left(hash)) {
            return new ExtendedKey(key.plus(tweak), Arrays.copyOfRange(hash, SecretKey.LENGTH, hash.length));
        } finally {
            Arrays.fill(hash, (byte) 0);
            Arrays.fill(data, (byte) 0);
        }
    }

    private static SecretKey left(byte[] hash) {
        byte[] left = Arrays.copyOf(hash, SecretKey.LENGTH);
        try {
            return SecretKey.of(left);
        } finally {
            Arrays.fill(left, (byte) 0);
        }
    }

    /** Its secret key, which is this key's own: closed with it. */
    public SecretKey secretKey() {
        return key;
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    @Override
    public void close() {
        key.close();
        Arrays.fill(chainCode, (byte) 0);
    }

    @Override
    public String toString() {
        return "ExtendedKey";
    }
}
