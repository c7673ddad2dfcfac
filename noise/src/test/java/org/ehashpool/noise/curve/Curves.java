package org.ehashpool.noise.curve;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;

/** Both implementations; tests fail where the native one is not usable. */
public final class Curves {
    public static final Secp256k1 JAVA = new JavaSecp256k1();
    public static final Secp256k1 NATIVE = CurveSelection.select(
                    "native", () -> new NativeSecp256k1(NativeFunctions.load(), new SecureRandom()))
            .curve();

    private Curves() {}

    public static List<Secp256k1> both() {
        return List.of(NATIVE, JAVA);
    }

    static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
