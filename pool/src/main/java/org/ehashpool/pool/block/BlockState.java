package org.ehashpool.pool.block;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a block, as far as it can be known. */
public enum BlockState {
    /** No provider that knows its template is connected: it is sent when one is. */
    WAITING(false),
    /** Sent; no tip has named it yet. */
    SUBMITTED(false),
    /** The chain ended, or ends, with it. */
    ACCEPTED(false),
    /** The chain grew by the configured number of blocks, and no other tip was seen at its height since. */
    CONFIRMED(true),
    /** Another tip was seen at its height, and the chain grew by the configured number of blocks. */
    ORPHANED(true),
    /** The chain grew by the configured number of blocks, and no tip at all was seen at its height. */
    UNKNOWN(true);

    private final boolean isFinal;

    BlockState(boolean isFinal) {
        this.isFinal = isFinal;
    }

    /** Whether it stays. */
    public boolean isFinal() {
        return isFinal;
    }

    /** In lower case, for files, APIs and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a label. */
    static Optional<BlockState> of(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label().equals(label))
                .findFirst();
    }
}
