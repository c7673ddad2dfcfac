package org.ehashpool.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.ehashpool.noise.Secret;
import org.ehashpool.noise.curve.Role;
import org.ehashpool.noise.curve.Secp256k1;

/**
 * Every implementation of the curve gives the same bytes, or refuses the same input, and what it encodes and signs it
 * decodes and verifies. Where there is no native library, the last part is all that is left.
 *
 * <p>Input: a secret, randomness, an x coordinate, two ElligatorSwift encodings.
 */
final class CurveProperty implements Property {
    @Override
    public void check(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        byte[] secretBytes = in.take(Secp256k1.SECRET_LENGTH);
        byte[] randomness = in.take(Secp256k1.RANDOMNESS_LENGTH);
        byte[] xOnly = in.take(Secp256k1.X_ONLY_LENGTH);
        byte[] ours = in.take(Secp256k1.ENCODING_LENGTH);
        byte[] theirs = in.take(Secp256k1.ENCODING_LENGTH);
        try (Secret secret = Secret.owning(secretBytes)) {
            same("isSecretKey", curve -> curve.isSecretKey(secret));
            same("isXOnlyPublicKey", curve -> curve.isXOnlyPublicKey(xOnly));
            same("decode", curve -> hex(curve.decode(theirs)));
            same("encode", curve -> hex(curve.encode(xOnly, randomness)));
            same("verify", curve -> curve.verify(xOnly, randomness, theirs));
            same("xOnlyPublicKey", curve -> hex(curve.xOnlyPublicKey(secret)));
            same("createEncoding", curve -> hex(curve.createEncoding(secret, randomness)));
            same("sign", curve -> hex(curve.sign(secret, xOnly, randomness)));
            same("sharedSecret", curve -> shared(curve, secret, ours, theirs));
            Curves.ALL.forEach(curve -> checkInverses(curve, secret, randomness, xOnly));
        }
    }

    private static void same(String operation, Function<Secp256k1, Object> call) {
        Object expected = outcome(call, Curves.ALL.getFirst());
        for (Secp256k1 curve : Curves.ALL) {
            Object actual = outcome(call, curve);
            Property.require(
                    actual.equals(expected),
                    () -> operation + ": " + curve.name() + " gives " + actual + ", not " + expected);
        }
    }

    private static Object outcome(Function<Secp256k1, Object> call, Secp256k1 curve) {
        try {
            return call.apply(curve);
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    private static void checkInverses(Secp256k1 curve, Secret secret, byte[] randomness, byte[] message) {
        if (!curve.isSecretKey(secret)) {
            return;
        }
        byte[] publicKey = curve.xOnlyPublicKey(secret);
        Property.require(
                Arrays.equals(curve.decode(curve.createEncoding(secret, randomness)), publicKey),
                () -> curve.name() + ": the encoding is of another key");
        Property.require(
                curve.verify(publicKey, message, curve.sign(secret, message, randomness)),
                () -> curve.name() + ": its own signature is not valid");
    }

    private static String shared(Secp256k1 curve, Secret secret, byte[] ours, byte[] theirs) {
        try (Secret initiator = curve.sharedSecret(secret, ours, theirs, Role.INITIATOR);
                Secret responder = curve.sharedSecret(secret, theirs, ours, Role.RESPONDER)) {
            return initiator.apply(CurveProperty::hex) + responder.apply(CurveProperty::hex);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
