package org.ehashpool.mint.operate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.mint.store.StoredKeyset;
import org.ehashpool.mint.store.Sums;

/**
 * What the mint has issued, redeemed and owes, at one moment.
 *
 * @param at the moment
 */
public record Liabilities(Instant at, List<OfUnit> units, List<OfKeyset> keysets) {

    public Liabilities {
        units = List.copyOf(units);
        keysets = List.copyOf(keysets);
    }

    /**
     * A unit: its quotes and its keysets together.
     *
     * @param limit what may be owed at most, if the operator has set it
     */
    public record OfUnit(String unit, Sums sums, Optional<Amount> limit) {}

    /** A keyset: what it signed, and what was spent of it. */
    public record OfKeyset(StoredKeyset keyset, Sums sums) {}
}
