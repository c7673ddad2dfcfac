package org.ehashpool.noise;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Secret bytes that can be overwritten, are compared in constant time and never appear in text.
 *
 * <p>Reading from several threads is safe. Closing while another thread reads is not: that reader may see zeros.
 */
public final class Secret implements AutoCloseable {
    private final byte[] bytes;
    private volatile boolean destroyed;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A secret holding a copy of {@code bytes}; the caller's array stays the caller's to overwrite. */
    public static Secret copyOf(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** A secret that takes {@code bytes} over: the caller must not keep the array, {@link #close()} overwrites it. */
    public static Secret owning(byte[] bytes) {
        return new Secret(bytes);
    }

    /** The number of bytes, known also after {@link #close()}. */
    public int length() {
        return bytes.length;
    }

    /**
     * Lends the live array to {@code use}, which must neither change nor keep it.
     *
     * @throws IllegalStateException if the secret was closed
     */
    public <T extends @Nullable Object> T apply(Function<byte[], T> use) {
        if (destroyed) {
            throw new IllegalStateException("the secret was destroyed");
        }
        return use.apply(bytes);
    }

    /** Overwrites the bytes with zeros. Idempotent. */
    @Override
    public void close() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    /** Whether {@link #close()} was called. */
    public boolean isDestroyed() {
        return destroyed;
    }

    /** Equal bytes, compared in a time that depends on the length alone. A destroyed secret equals only itself. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Secret that
                        && !destroyed
                        && !that.destroyed
                        && MessageDigest.isEqual(bytes, that.bytes));
    }

    /** The length alone: a hash of the bytes would give some of them away. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Secret[" + bytes.length + " bytes]";
    }
}
