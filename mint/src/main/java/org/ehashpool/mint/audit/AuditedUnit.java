package org.ehashpool.mint.audit;

import java.math.BigInteger;
import org.ehashpool.mint.store.Sums;

/**
 * A unit at one moment: what the ledger says, and what the rows sum up to.
 *
 * @param ledger the sums kept with each transaction
 * @param rows the same sums, of quotes, signatures and spent proofs; {@code fees} is what swaps took in and did not sign
 * @param quotes how many there are
 * @param minted signatures made for quotes, by amount
 * @param swapped signatures made for spent proofs, by amount
 * @param swappedIn proofs spent in swaps, by amount
 */
public record AuditedUnit(
        String unit,
        Sums ledger,
        Sums rows,
        long quotes,
        BigInteger minted,
        BigInteger swapped,
        BigInteger swappedIn) {}
