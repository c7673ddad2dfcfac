package org.ehashpool.mint.audit;

import java.time.Instant;
import java.util.List;

/**
 * The mint's books of one moment.
 *
 * @param at the moment
 * @param quotesOff quotes that say they issued something else than their operations did
 * @param operationsOff operations that signed for something else than they took from quotes
 * @param swapsOff swaps that signed for more than they took in
 */
public record AuditedBooks(Instant at, List<AuditedUnit> units, long quotesOff, long operationsOff, long swapsOff) {
    public AuditedBooks {
        units = List.copyOf(units);
    }
}
