package org.ehashpool.mint.commit;

import java.util.Set;
import org.ehashpool.mint.store.Digest;

/** Undoes a transaction in which the rows of some deeds turned out to be another transaction's. */
final class LostException extends RuntimeException {

    private final transient Set<Digest> deeds;

    LostException(Set<Digest> deeds) {
        super("undone for another transaction", null, false, false);
        this.deeds = deeds;
    }

    Set<Digest> deeds() {
        return deeds;
    }
}
