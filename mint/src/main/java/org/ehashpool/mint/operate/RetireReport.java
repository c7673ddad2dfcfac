package org.ehashpool.mint.operate;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.mint.store.Halt;

/**
 * What was retired after a restore, and what may be lost.
 *
 * @param halt why the mint was read-only
 * @param newestKnown the newest quote or operation in the database; what happened after it is not known
 * @param retired keysets that sign no more; their proofs are still taken
 * @param successors keysets that sign from now on
 * @param losses at most, per unit
 */
public record RetireReport(
        Optional<Halt> halt,
        Optional<Instant> newestKnown,
        List<KeysetId> retired,
        List<KeysetId> successors,
        List<PossibleLoss> losses) {

    public RetireReport {
        retired = List.copyOf(retired);
        successors = List.copyOf(successors);
        losses = List.copyOf(losses);
    }

    /**
     * What can be had twice in a unit, as far as the database knows. Tokens that were signed after
     * {@link #newestKnown} come on top: they are redeemed like any other, and are not in these figures.
     *
     * @param circulating of these tokens, those that were spent in the unknown time can be spent again
     * @param mintable of these quotes, those that were minted in the unknown time can be minted again
     */
    public record PossibleLoss(String unit, BigInteger circulating, BigInteger mintable) {}
}
