package org.ehashpool.cashu.condition;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of conditions a mint of ours enforces; their names are what secrets write. */
public enum LockKind {
    /** NUT-11: signatures by keys. */
    P2PK,
    /** NUT-14: a hash's preimage, and signatures by keys. */
    HTLC;

    /** The kind of that name, in exactly these letters. */
    static Optional<LockKind> of(String name) {
        return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }
}
