package org.ehashpool.cashu.curve;

import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on secp256k1.
 *
 * <p>Points are 65 bytes, {@code 04}, x, y, and on the curve; scalars are 32 bytes, big-endian, 1 to the group's order
 * minus one, unless a method says more. Arguments of another shape are the caller's mistake: {@link
 * IllegalArgumentException}. Implementations are thread-safe, keep no array after a call, and agree byte for byte.
 */
public sealed interface Curve permits NativeCurve, JavaCurve {
    /** Bytes of a scalar. */
    int SCALAR_LENGTH = 32;

    /** Bytes of a point that names the sign of y in its first byte, {@code 02} or {@code 03}. */
    int COMPRESSED_LENGTH = 33;

    /** Bytes of a point in full. */
    int POINT_LENGTH = 65;

    /** Bytes of a BIP 340 signature. */
    int SIGNATURE_LENGTH = 64;

    /** The curve this process uses, by {@link CurveSelection}. */
    static Curve get() {
        return CurveSelection.selected().curve();
    }

    /** Which implementation this is: {@code native} or {@code java}. */
    String name();

    /** Whether 32 bytes are a scalar: neither 0 nor at least the group's order. */
    boolean isScalar(byte[] scalar);

    /** Any 32 bytes as a number modulo the group's order; null when that is 0. */
    byte @Nullable [] reduce(byte[] bytes);

    /** The sum modulo the group's order; null when it is 0. In constant time where {@link #name} is {@code native}. */
    byte @Nullable [] addScalars(byte[] a, byte[] b);

    /** The product modulo the group's order. In constant time where {@link #name} is {@code native}. */
    byte[] multiplyScalars(byte[] a, byte[] b);

    /** The point in full of a compressed one; null if the 33 bytes are no point of the curve. */
    byte @Nullable [] decompress(byte[] compressed);

    /** Whether the 65 bytes are a point of the curve. */
    boolean isPoint(byte[] point);

    /** Secret scalar times generator. In constant time where {@link #name} is {@code native}. */
    byte[] timesGenerator(byte[] secret);

    /** Secret scalar times point. In constant time where {@link #name} is {@code native}. */
    byte[] times(byte[] point, byte[] secret);

    /** Public scalar times point: in a time that depends on the scalar. */
    byte[] timesPublic(byte[] point, byte[] scalar);

    /** The sum; null when it is the point at infinity. */
    byte @Nullable [] add(byte[] a, byte[] b);

    /** The point mirrored: its y negated. */
    byte[] negate(byte[] point);

    /** The 64-byte BIP 340 signature of a 32-byte message, with 32 bytes of fresh randomness. */
    byte[] sign(byte[] secret, byte[] message, byte[] randomness);

    /** Whether BIP 340 accepts a 64-byte signature of a 32-byte message by the key of that x. */
    boolean verify(byte[] xOnly, byte[] message, byte[] signature);
}
