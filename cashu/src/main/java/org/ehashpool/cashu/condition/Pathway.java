package org.ehashpool.cashu.condition;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.ehashpool.cashu.point.PublicKey;

/**
 * Keys, and how many of them have to sign.
 *
 * @param keys each once, whatever the sign of its y
 */
record Pathway(List<PublicKey> keys, int required) {
    /** Needs no signature. */
    static final Pathway OPEN = new Pathway(List.of(), 0);

    Pathway {
        keys = List.copyOf(keys);
        // NUT-11: "Keys are compared using their lowercase x-coordinate".
        Set<String> seen = new HashSet<>();
        for (PublicKey key : keys) {
            if (!seen.add(HexFormat.of().formatHex(key.x()))) {
                throw new BrokenLockException("a pathway has a key twice");
            }
        }
    }
}
