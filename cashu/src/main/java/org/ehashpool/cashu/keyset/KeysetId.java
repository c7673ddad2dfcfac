package org.ehashpool.cashu.keyset;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The id of a keyset, in full: 8 bytes of version 1, 33 of version 2. Immutable; ordered by its bytes. */
public final class KeysetId implements Comparable<KeysetId> {

    /** How an id is made of a keyset, and what else depends on it. */
    public enum Version {
        /** {@code 00}, then 7 bytes of a hash of the keys. */
        V1(0, 8),
        /** {@code 01}, then a hash of keys, unit, fee and expiry. */
        V2(1, 33);

        private final byte prefix;
        private final int length;

        Version(int prefix, int length) {
            this.prefix = (byte) prefix;
            this.length = length;
        }

        byte prefix() {
            return prefix;
        }

        int length() {
            return length;
        }
    }

    private final Version version;
    private final byte[] bytes;

    private KeysetId(Version version, byte[] bytes) {
        this.version = version;
        this.bytes = bytes;
    }

    /**
     * The id of these bytes.
     *
     * @throws IllegalArgumentException if the first is no known version, or there are more or less than that version's
     */
    public static KeysetId of(byte[] bytes) {
        for (Version version : Version.values()) {
            if (bytes.length == version.length && bytes[0] == version.prefix) {
                return new KeysetId(version, bytes.clone());
            }
        }
        throw new IllegalArgumentException("a keyset id is 8 bytes from 00, or 33 bytes from 01");
    }

    /**
     * The id of these hexadecimal digits.
     *
     * @throws IllegalArgumentException if it is not an id
     */
    public static KeysetId parse(String hex) {
        if (hex.length() > 2 * Version.V2.length) {
            throw new IllegalArgumentException("a keyset id has no more than 66 hexadecimal digits");
        }
        return of(HexFormat.of().parseHex(hex));
    }

    public Version version() {
        return version;
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(KeysetId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeysetId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal digits, in lower case. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
