package org.ehashpool.noise.curve;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.noise.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Which implementation of the curve this process uses, and why.
 *
 * <p>The native library is taken where it loads, exports ElligatorSwift and gives a known answer; pure Java otherwise.
 * The system property {@value #PROPERTY} with the value {@code native} or {@code java} decides instead.
 *
 * @param curve the implementation to use
 * @param reason one line for the log
 */
public record CurveSelection(Secp256k1 curve, String reason) {
    /** {@code native}: fail where the native library is not usable. {@code java}: do not try it. */
    public static final String PROPERTY = "ehash.curve";

    private static final byte[] INITIATOR_VECTOR = HexFormat.of()
            .parseHex("ec0adff257bbfe500c188c80b4fdd640f6b45a482bbc15fc7cef5931deff0aa1"
                    + "86f6eb9bba7b85dc4dcc28b28722de1e3d9108b985e2967045668f66098e475b");
    private static final byte[] RESPONDER_VECTOR = HexFormat.of()
            .parseHex("a4a94dfce69b4a2a0a099313d10f9f7e7d649d60501c9e1d274c300e0d89aafa"
                    + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffff8faf88d5");

    /**
     * Selects by the system property and what this platform offers. The library is loaded once; each call makes a
     * context of its own.
     *
     * @param random randomises the native library's context
     * @throws IllegalArgumentException if the property has another value
     * @throws IllegalStateException if the property demands the native library and it is not usable
     */
    public static CurveSelection select(SecureRandom random) {
        return select(System.getProperty(PROPERTY), () -> new NativeSecp256k1(NativeFunctions.load(), random));
    }

    static CurveSelection select(@Nullable String preference, Supplier<Secp256k1> nativeCurve) {
        return switch (preference) {
            case "java" -> new CurveSelection(new JavaSecp256k1(), "pure Java, as -D" + PROPERTY + " asks");
            case "native" ->
                withNative(nativeCurve, e -> {
                    throw new IllegalStateException(
                            "-D" + PROPERTY + "=native, but libsecp256k1 is not usable: " + rootCause(e), e);
                });
            case null ->
                withNative(
                        nativeCurve,
                        e -> new CurveSelection(
                                new JavaSecp256k1(), "pure Java: libsecp256k1 is not usable: " + rootCause(e)));
            case String other ->
                throw new IllegalArgumentException(
                        "-D" + PROPERTY + " must be \"native\" or \"java\", is \"" + other + "\"");
        };
    }

    private static CurveSelection withNative(
            Supplier<Secp256k1> nativeCurve, Function<Throwable, CurveSelection> otherwise) {
        try {
            return new CurveSelection(checked(nativeCurve.get()), "native: libsecp256k1 with ElligatorSwift");
        } catch (Exception | LinkageError e) {
            // The loader is Kotlin: it throws checked exceptions without declaring them.
            return otherwise.apply(e);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * The symbols are exported but not documented: a build of the library that means something else by them must not
     * be used. So the curve has to give the shared secret of BIP 324's first packet encoding vector.
     */
    private static Secp256k1 checked(Secp256k1 curve) {
        try (Secret secret = hex("61062ea5071d800bbfd59e2e8b53d47d194b095ae5a4df04936b49772ef0d4d7");
                Secret shared = curve.sharedSecret(secret, INITIATOR_VECTOR, RESPONDER_VECTOR, Role.INITIATOR);
                Secret expected = hex("c6992a117f5edbea70c3f511d32d26b9798be4b81a62eaee1a5acaa8459a3592")) {
            if (!shared.equals(expected)) {
                throw new IllegalStateException("its ECDH gives another value than BIP 324");
            }
        }
        return curve;
    }

    private static Secret hex(String digits) {
        return Secret.owning(HexFormat.of().parseHex(digits));
    }
}
