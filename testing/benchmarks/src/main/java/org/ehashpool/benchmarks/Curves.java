package org.ehashpool.benchmarks;

import java.security.SecureRandom;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;

/** The curve's implementations by name. */
final class Curves {
    private Curves() {}

    /** {@code native} or {@code java}; it fails where that one is not usable. */
    static Secp256k1 named(String name, SecureRandom random) {
        System.setProperty(CurveSelection.PROPERTY, name);
        return CurveSelection.select(random).curve();
    }
}
