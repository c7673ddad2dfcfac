package org.ehashpool.cashu.wallet;

import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How far a keyset is restored. NUT-13: "Repeat restore until three consecutive batches are returned empty. Reset
 * counter to the value at the last successful restore + 1".
 *
 * @param next the first counter of the next batch
 * @param emptyBatches how many came back empty, one after another
 * @param unused the first counter that no signature was found for, nor for any above it
 */
public record RestoreScan(long next, int emptyBatches, long unused) {
    /** "Wallets restore Proofs in batches of 100". */
    public static final int BATCH = 100;

    /** Empty batches that end the scan. */
    public static final int LAST_EMPTY = 3;

    /**
     * A scan from the beginning, or from a counter that the wallet is sure of.
     *
     * @param known the first counter that may not have been used
     */
    public static RestoreScan from(long known) {
        return new RestoreScan(known, 0, known);
    }

    public boolean done() {
        return emptyBatches >= LAST_EMPTY;
    }

    /** The counters whose outputs the mint is asked for next. */
    public List<Long> batch() {
        return LongStream.range(next, next + BATCH).boxed().toList();
    }

    /**
     * After a batch was answered.
     *
     * @param found counters of this batch that the mint had signatures for
     * @throws IllegalArgumentException if one of them is not of this batch
     */
    public RestoreScan after(Collection<Long> found) {
        if (found.stream().anyMatch(counter -> counter < next || counter >= next + BATCH)) {
            throw new IllegalArgumentException("a counter is not of this batch");
        }
        return found.isEmpty()
                ? new RestoreScan(next + BATCH, emptyBatches + 1, unused)
                : new RestoreScan(
                        next + BATCH,
                        0,
                        found.stream().mapToLong(Long::longValue).max().getAsLong() + 1);
    }
}
