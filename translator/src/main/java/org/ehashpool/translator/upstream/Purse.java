package org.ehashpool.translator.upstream;

import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;

/** Who is paid in ehash for miners whose names are no keys. Called on the event loop: nothing here waits. */
public interface Purse {

    /** The key that their ehash is locked to now; empty if it is nobody's. */
    Optional<Bytes> lockingKey();

    /** For {@code /api/v1/state}: {@code wallet}, {@code key} or {@code nobody}. */
    String pays();

    /** A pool says that a quote was made at a mint: a hint, which may be wrong. */
    void quoted(String mintUrl);

    /** One key, whose owner looks for the quotes elsewhere. */
    static Purse ofKey(Optional<Bytes> key) {
        return new Purse() {
            @Override
            public Optional<Bytes> lockingKey() {
                return key;
            }

            @Override
            public String pays() {
                return key.isPresent() ? "key" : "nobody";
            }

            @Override
            public void quoted(String mintUrl) {
                // The key's owner is not here.
            }
        };
    }
}
