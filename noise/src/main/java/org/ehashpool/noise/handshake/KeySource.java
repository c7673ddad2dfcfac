package org.ehashpool.noise.handshake;

import java.security.SecureRandom;
import org.ehashpool.noise.curve.EllSwiftKeyPair;
import org.ehashpool.noise.curve.Secp256k1;

/** Where ephemeral keys come from. Each pair is used for one handshake, which closes it. */
@FunctionalInterface
public interface KeySource {
    /** A pair that nobody else has or will get. */
    EllSwiftKeyPair next();

    /** Fresh pairs; thread-safe as {@code random} is. */
    static KeySource random(Secp256k1 curve, SecureRandom random) {
        return () -> EllSwiftKeyPair.generate(curve, random);
    }
}
