package org.ehashpool.pool.ledger;

/**
 * How commits go.
 *
 * @param pending credits handed over and not settled
 * @param away whether the last try failed
 * @param refusing whether shares are refused, because too many are pending or the ledger was away for too long
 * @param credits settled so far
 */
public record LedgerStatus(int pending, boolean away, boolean refusing, long credits) {}
