package org.ehashpool.mint.operate;

import java.time.Instant;
import java.util.OptionalLong;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.keyset.KeyDerivation;
import org.ehashpool.mint.store.KeysetTable;

/** A new keyset for a unit. */
final class Rotation {

    private Rotation() {}

    /** Adds the unit's next keyset, under the mint's lock; the one before has to be inactive by now. */
    static KeysetId addKeyset(
            KeysetTable keysets,
            KeyDerivation derivation,
            String unit,
            long inputFeePpk,
            OptionalLong finalExpiry,
            Instant now) {
        long index = keysets.nextIndex(unit);
        KeysetId id = derivation.keys(unit, index, inputFeePpk, finalExpiry).id();
        keysets.add(id, unit, index, inputFeePpk, finalExpiry, now);
        MintEvents.rotated(unit, id.toString(), inputFeePpk);
        return id;
    }
}
