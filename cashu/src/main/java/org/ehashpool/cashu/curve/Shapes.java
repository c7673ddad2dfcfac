package org.ehashpool.cashu.curve;

/** Checks of arguments' lengths, and the exceptions for what is worse. */
final class Shapes {

    private static final int HASH_LENGTH = 32;

    private Shapes() {}

    static byte[] scalar(byte[] bytes) {
        return check(bytes, Curve.SCALAR_LENGTH, "a scalar");
    }

    static byte[] compressed(byte[] bytes) {
        return check(bytes, Curve.COMPRESSED_LENGTH, "a compressed point");
    }

    static byte[] point(byte[] bytes) {
        return check(bytes, Curve.POINT_LENGTH, "a point");
    }

    static byte[] xOnly(byte[] bytes) {
        return check(bytes, HASH_LENGTH, "an x-only key");
    }

    static byte[] message(byte[] bytes) {
        return check(bytes, HASH_LENGTH, "a message");
    }

    static byte[] randomness(byte[] bytes) {
        return check(bytes, HASH_LENGTH, "randomness");
    }

    static byte[] signature(byte[] bytes) {
        return check(bytes, Curve.SIGNATURE_LENGTH, "a signature");
    }

    static IllegalArgumentException notAScalar() {
        return new IllegalArgumentException("a scalar is neither 0 nor at least the group's order");
    }

    static IllegalArgumentException notAPoint() {
        return new IllegalArgumentException("not a point of secp256k1");
    }

    private static byte[] check(byte[] bytes, int length, String what) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(what + " has " + length + " bytes, not " + bytes.length);
        }
        return bytes;
    }
}
