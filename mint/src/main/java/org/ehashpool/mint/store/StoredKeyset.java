package org.ehashpool.mint.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.ehashpool.cashu.keyset.KeysetId;

/**
 * A keyset as the database has it; its keys are derived from the seed.
 *
 * @param number its short name within the database
 * @param derivationIndex its step after the unit's in the derivation path
 * @param inputFeePpk thousandths of the unit per input
 * @param finalExpiry seconds since the epoch, after which it is good for nothing
 * @param active whether it signs outputs
 * @param retiredAt when it was found that commits about it may have been lost
 */
public record StoredKeyset(
        int number,
        KeysetId id,
        String unit,
        long derivationIndex,
        long inputFeePpk,
        OptionalLong finalExpiry,
        boolean active,
        Instant createdAt,
        Optional<Instant> deactivatedAt,
        Optional<Instant> retiredAt) {

    /** Whether neither inputs nor outputs of it are taken any more. */
    public boolean expired(Instant now) {
        return finalExpiry.isPresent() && now.getEpochSecond() >= finalExpiry.getAsLong();
    }
}
