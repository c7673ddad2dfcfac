package org.ehashpool.pool.audit;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * The ledger of one moment.
 *
 * @param at the moment, of the database's clock
 * @param keyless shares of nobody
 * @param ordersOff orders whose amount or count is not that of their shares
 * @param ordersWithoutMint orders whose mint was lost, and that are not bound to another one
 * @param reassigned orders that were taken from a mint, which may have made a quote all the same
 * @param sumsOff keys whose sum of credits is not that of their shares
 */
record AuditedLedger(
        Instant at,
        List<Unit> units,
        long keyless,
        long ordersOff,
        long ordersWithoutMint,
        long reassigned,
        long sumsOff) {
    AuditedLedger {
        units = List.copyOf(units);
    }

    /**
     * A unit.
     *
     * @param shares that are to be paid
     * @param credited what they are to be paid
     * @param unordered of it, not bound to an order yet
     * @param bound of it, ordered and without an answer
     * @param quoted of it, in quotes
     */
    record Unit(
            String unit, long shares, BigInteger credited, BigInteger unordered, BigInteger bound, BigInteger quoted) {}
}
