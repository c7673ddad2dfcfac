package org.ehashpool.noise.curve;

import org.ehashpool.noise.Secret;

/** Length checks before bytes reach a library that trusts its pointers. */
final class Lengths {
    private Lengths() {}

    static void check(byte[] bytes, int expected, String what) {
        if (bytes.length != expected) {
            throw new IllegalArgumentException(what + " must have " + expected + " bytes, has " + bytes.length);
        }
    }

    static void checkSecret(Secret secret) {
        if (secret.length() != Secp256k1.SECRET_LENGTH) {
            throw new IllegalArgumentException("a secret key must have 32 bytes, has " + secret.length());
        }
    }

    static IllegalArgumentException notASecretKey() {
        return new IllegalArgumentException("a secret key must be neither 0 nor at least the group order");
    }

    static IllegalArgumentException notOnCurve() {
        return new IllegalArgumentException("the bytes are no x coordinate of a point on secp256k1");
    }
}
