package org.ehashpool.cashu.point;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.ehashpool.cashu.curve.Curve;
import org.jspecify.annotations.Nullable;

/**
 * A secret number, from 1 and below the group's order: a mint's key, a blinding factor, a key that locks.
 *
 * <p>It can be overwritten, is compared in constant time, and never appears in text. Reading from several threads is
 * safe; closing while another thread reads is not.
 */
public final class SecretKey implements AutoCloseable {

    /** Bytes, big-endian. */
    public static final int LENGTH = Curve.SCALAR_LENGTH;

    private final byte[] scalar;
    private volatile boolean destroyed;

    private SecretKey(byte[] scalar) {
        this.scalar = scalar;
    }

    /**
     * The number of 32 bytes, big-endian, which are copied.
     *
     * @throws IllegalArgumentException if they are not 32, or the number is 0 or at least the group's order
     */
    public static SecretKey of(byte[] bytes) {
        if (!isSecretKey(bytes)) {
            throw new IllegalArgumentException(
                    "a secret key is " + LENGTH + " bytes, from 1 and below the order of secp256k1");
        }
        return new SecretKey(bytes.clone());
    }

    /**
     * The number of 32 bytes, big-endian, modulo the group's order: for derivations that demand it.
     *
     * @throws IllegalArgumentException if they are not 32, or the number is 0 modulo the order
     */
    public static SecretKey reduced(byte[] bytes) {
        byte[] scalar = Curve.get().reduce(bytes);
        if (scalar == null) {
            throw new IllegalArgumentException("a secret key is not 0");
        }
        return new SecretKey(scalar);
    }

    /** A number that nobody else knows, from a generator fit for secrets. */
    public static SecretKey random(SecureRandom random) {
        byte[] candidate = new byte[LENGTH];
        do {
            random.nextBytes(candidate);
        } while (!isSecretKey(candidate));
        try {
            return of(candidate);
        } finally {
            Arrays.fill(candidate, (byte) 0);
        }
    }

    /** Whether 32 bytes are a secret key: a number from 1 and below the group's order, big-endian. */
    public static boolean isSecretKey(byte[] bytes) {
        return bytes.length == LENGTH && Curve.get().isScalar(bytes);
    }

    /**
     * The number of 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SecretKey parse(String hex) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            // Its message quotes the digits.
            throw new IllegalArgumentException("a secret key is " + 2 * LENGTH + " hexadecimal digits");
        }
        try {
            return of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Its point: this number times the generator. */
    public PublicKey publicKey() {
        return PublicKey.computed(apply(bytes -> Curve.get().timesGenerator(bytes)));
    }

    /**
     * Signs a message (BIP 340).
     *
     * @param message 32 bytes
     * @param randomness 32 fresh random bytes
     * @return 64 bytes
     */
    public byte[] sign(byte[] message, byte[] randomness) {
        return apply(bytes -> Curve.get().sign(bytes, message, randomness));
    }

    /**
     * The sum with another number, modulo the group's order.
     *
     * @throws ArithmeticException if it is 0
     */
    public SecretKey plus(SecretKey other) {
        byte[] sum = apply(a -> other.<byte @Nullable []>apply(b -> Curve.get().addScalars(a, b)));
        if (sum == null) {
            throw new ArithmeticException("the sum is 0");
        }
        return new SecretKey(sum);
    }

    /** The product with another number, modulo the group's order. */
    public SecretKey times(SecretKey other) {
        return new SecretKey(apply(a -> other.apply(b -> Curve.get().multiplyScalars(a, b))));
    }

    /**
     * Lends the live 32 bytes to {@code use}, which must neither change nor keep them.
     *
     * @throws IllegalStateException if the key was closed
     */
    public <T extends @Nullable Object> T apply(Function<byte[], T> use) {
        if (destroyed) {
            throw new IllegalStateException("the secret key was destroyed");
        }
        return use.apply(scalar);
    }

    /** Overwrites the number. */
    @Override
    public void close() {
        destroyed = true;
        Arrays.fill(scalar, (byte) 0);
    }

    /** The same number, compared in constant time. A destroyed key equals only itself. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SecretKey that
                        && !destroyed
                        && !that.destroyed
                        && MessageDigest.isEqual(scalar, that.scalar));
    }

    /** The same of all: a hash of the number would give some of it away. */
    @Override
    public int hashCode() {
        return LENGTH;
    }

    @Override
    public String toString() {
        return "SecretKey";
    }
}
