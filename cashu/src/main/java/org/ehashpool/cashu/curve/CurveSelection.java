package org.ehashpool.cashu.curve;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which implementation of the curve this process uses, and why.
 *
 * <p>The native library is taken where it loads, exports what we call and gives a known answer; pure Java otherwise.
 * The system property {@value #PROPERTY} with the value {@code native} or {@code java} decides instead.
 *
 * @param curve the implementation to use
 * @param reason one line for the log
 */
public record CurveSelection(Curve curve, String reason) {
    /** {@code native}: fail where the native library is not usable. {@code java}: do not try it. */
    public static final String PROPERTY = "ehash.curve";

    /** NUT-12's vector: 2·B_ = C_. */
    private static final String POINT = "02a9acc1e48c25eeeb9289b5031cc57da9fe72f3fe2861d264bdc074209b107ba2";

    private static final String TWICE_POINT = "0244eccfc7a348274458bb38044c7f3c389b3c2086c7ec18b5812d2877ab937787";

    /** Made at first use, for the process. */
    private static final class Selected {
        // The seed blinds the native library's base-point multiplication; no result depends on it.
        private static final CurveSelection SELECTION =
                select(System.getProperty(PROPERTY), () -> new NativeCurve(NativeFunctions.load(), new SecureRandom()));

        private Selected() {}
    }

    /**
     * This process's.
     *
     * @throws ExceptionInInitializerError if the property has another value, or demands the native library and it is
     *     not usable
     */
    public static CurveSelection selected() {
        return Selected.SELECTION;
    }

    static CurveSelection select(@Nullable String preference, Supplier<Curve> nativeCurve) {
        return switch (preference) {
            case "java" -> new CurveSelection(new JavaCurve(), "pure Java, as -D" + PROPERTY + " asks");
            case "native" ->
                withNative(nativeCurve, e -> {
                    throw new IllegalStateException(
                            "-D" + PROPERTY + "=native, but libsecp256k1 is not usable: " + rootCause(e), e);
                });
            case null ->
                withNative(
                        nativeCurve,
                        e -> new CurveSelection(
                                new JavaCurve(), "pure Java: libsecp256k1 is not usable: " + rootCause(e)));
            case String other ->
                throw new IllegalArgumentException(
                        "-D" + PROPERTY + " must be \"native\" or \"java\", is \"" + other + "\"");
        };
    }

    private static CurveSelection withNative(
            Supplier<Curve> nativeCurve, Function<Throwable, CurveSelection> otherwise) {
        try {
            return new CurveSelection(checked(nativeCurve.get()), "native: libsecp256k1");
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

    private static Curve checked(Curve curve) {
        byte[] point = curve.decompress(HexFormat.of().parseHex(POINT));
        byte[] expected = curve.decompress(HexFormat.of().parseHex(TWICE_POINT));
        byte[] two = new byte[Curve.SCALAR_LENGTH];
        two[two.length - 1] = 2;
        if (point == null || expected == null || !Arrays.equals(curve.times(point, two), expected)) {
            throw new IllegalStateException("its multiplication gives another point than NUT-12");
        }
        return curve;
    }
}
