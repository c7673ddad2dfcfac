package org.ehashpool.fuzz;

import java.security.SecureRandom;
import java.util.List;
import org.ehashpool.noise.curve.CurveSelection;
import org.ehashpool.noise.curve.Secp256k1;
import org.jspecify.annotations.Nullable;

/** The curve's implementations on this machine: pure Java always, the native library where there is one. */
final class Curves {
    /** The one that the programs would use. */
    static final Secp256k1 SELECTED = select(null);

    /** Each once. */
    static final List<Secp256k1> ALL = all();

    private Curves() {}

    private static List<Secp256k1> all() {
        Secp256k1 java = select("java");
        return SELECTED.name().equals(java.name()) ? List.of(java) : List.of(SELECTED, java);
    }

    private static Secp256k1 select(@Nullable String preference) {
        String before = System.getProperty(CurveSelection.PROPERTY);
        set(preference);
        try {
            return CurveSelection.select(new SecureRandom()).curve();
        } finally {
            set(before);
        }
    }

    private static void set(@Nullable String preference) {
        if (preference == null) {
            System.clearProperty(CurveSelection.PROPERTY);
        } else {
            System.setProperty(CurveSelection.PROPERTY, preference);
        }
    }
}
