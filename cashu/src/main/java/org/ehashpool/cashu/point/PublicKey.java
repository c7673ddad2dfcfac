package org.ehashpool.cashu.point;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.ehashpool.cashu.curve.Curve;
import org.jspecify.annotations.Nullable;

/**
 * A valid point of secp256k1, never the one at infinity. Immutable; ordered by its 33 bytes.
 *
 * <p>It keeps y as well, so that computing with it takes no square root.
 */
public final class PublicKey implements Comparable<PublicKey> {

    /** Bytes of the compressed form: {@code 02} or {@code 03}, then x. */
    public static final int LENGTH = Curve.COMPRESSED_LENGTH;

    private final byte[] compressed;
    private final byte[] point;

    private PublicKey(byte[] compressed, byte[] point) {
        this.compressed = compressed;
        this.point = point;
    }

    /**
     * The point of 33 bytes.
     *
     * @throws IllegalArgumentException if they are not 33, or no point of the curve in compressed form
     */
    public static PublicKey of(byte[] compressed) {
        if (compressed.length != LENGTH) {
            throw new IllegalArgumentException("a public key has " + LENGTH + " bytes, not " + compressed.length);
        }
        byte[] point = Curve.get().decompress(compressed);
        if (point == null) {
            throw new IllegalArgumentException("not a compressed point of secp256k1");
        }
        return new PublicKey(compressed.clone(), point);
    }

    /**
     * The point of 66 hexadecimal digits, of either case.
     *
     * @throws IllegalArgumentException if they are not 66, not hexadecimal, or no point of the curve
     */
    public static PublicKey parse(String hex) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException(
                    "a public key has " + 2 * LENGTH + " hexadecimal digits, not " + hex.length());
        }
        return of(HexFormat.of().parseHex(hex));
    }

    /**
     * The point of 65 bytes: {@code 04}, x, y.
     *
     * @throws IllegalArgumentException if they are anything else
     */
    public static PublicKey ofUncompressed(byte[] point) {
        if (!Curve.get().isPoint(point)) {
            throw new IllegalArgumentException("not a point of secp256k1");
        }
        return computed(point.clone());
    }

    /** The point that a curve operation gave. */
    static PublicKey computed(byte[] point) {
        byte[] compressed = Arrays.copyOf(point, LENGTH);
        compressed[0] = (byte) (2 | (point[point.length - 1] & 1));
        return new PublicKey(compressed, point);
    }

    /** Secret times this point. */
    public PublicKey times(SecretKey secret) {
        return computed(secret.apply(scalar -> Curve.get().times(point, scalar)));
    }

    /**
     * A number times this point, in a time that depends on the number: it must be public.
     *
     * @param scalar 32 bytes, big-endian, from 1 and below the group's order
     */
    public PublicKey timesPublic(byte[] scalar) {
        return computed(Curve.get().timesPublic(point, scalar));
    }

    /** The sum of two points; empty when it is the point at infinity. */
    public Optional<PublicKey> plus(PublicKey other) {
        return Optional.ofNullable(Curve.get().add(point, other.point)).map(PublicKey::computed);
    }

    /** The difference of two points; empty when they are the same. */
    public Optional<PublicKey> minus(PublicKey other) {
        return plus(other.negated());
    }

    /** The point with the other y of the same x. */
    public PublicKey negated() {
        return computed(Curve.get().negate(point));
    }

    /**
     * Whether this key, by its x alone, has signed a message (BIP 340).
     *
     * @param message 32 bytes
     * @param signature any bytes: false if they are not 64
     */
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == Curve.SIGNATURE_LENGTH && Curve.get().verify(x(), message, signature);
    }

    /** The 33 bytes. */
    public byte[] toBytes() {
        return compressed.clone();
    }

    /** The 65 bytes {@code 04}, x, y. */
    public byte[] toUncompressed() {
        return point.clone();
    }

    /** The 32 bytes of x: the public key of BIP 340. */
    public byte[] x() {
        return Arrays.copyOfRange(compressed, 1, LENGTH);
    }

    @Override
    public int compareTo(PublicKey other) {
        return Arrays.compareUnsigned(compressed, other.compressed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicKey that && Arrays.equals(compressed, that.compressed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(compressed);
    }

    /** 66 hexadecimal digits, in lower case. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(compressed);
    }
}
