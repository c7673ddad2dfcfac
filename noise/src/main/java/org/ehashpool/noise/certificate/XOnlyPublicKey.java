package org.ehashpool.noise.certificate;

import java.util.Arrays;
import java.util.HexFormat;
import org.ehashpool.noise.curve.Secp256k1;
import org.jspecify.annotations.Nullable;

/** A 32-byte x-only public key of BIP 340. A value: whether it is a point is for those to check who use it. */
public final class XOnlyPublicKey {
    private final byte[] bytes;

    private XOnlyPublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The key of a copy of these bytes.
     *
     * @throws IllegalArgumentException if they are not 32
     */
    public static XOnlyPublicKey of(byte[] bytes) {
        if (bytes.length != Secp256k1.X_ONLY_LENGTH) {
            throw new IllegalArgumentException("an x-only public key has 32 bytes, not " + bytes.length);
        }
        return new XOnlyPublicKey(bytes.clone());
    }

    /** The 32 bytes, big-endian; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof XOnlyPublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
