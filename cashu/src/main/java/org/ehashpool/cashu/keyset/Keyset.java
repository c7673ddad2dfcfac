package org.ehashpool.cashu.keyset;

import java.util.OptionalLong;

/**
 * A keyset as a mint publishes it. Whether it is active is not here: that changes.
 *
 * @param id of whichever version
 * @param unit of its amounts, such as {@code hash} and {@code sat}
 * @param inputFeePpk what spending one proof costs, in thousandths of the unit
 * @param finalExpiry seconds since the epoch from which its proofs are worth nothing
 * @param keys for the amounts
 */
public record Keyset(KeysetId id, String unit, long inputFeePpk, OptionalLong finalExpiry, PublicKeys keys) {

    /** Whatever the parameters say, as long as the fee and the expiry are not negative. */
    public Keyset {
        if (inputFeePpk < 0 || finalExpiry.orElse(0) < 0) {
            throw new IllegalArgumentException("a keyset's fee and expiry are not negative");
        }
    }

    /** A keyset with the id of version 2 that belongs to it. */
    public static Keyset of(String unit, long inputFeePpk, OptionalLong finalExpiry, PublicKeys keys) {
        return new Keyset(
                KeysetIds.version2(keys, unit, inputFeePpk, finalExpiry), unit, inputFeePpk, finalExpiry, keys);
    }

    /** Whether the id belongs to the rest: a wallet takes no other keyset, nor one whose keys change. */
    public boolean hasItsOwnId() {
        return id.equals(
                switch (id.version()) {
                    case V1 -> KeysetIds.version1(keys);
                    case V2 -> KeysetIds.version2(keys, unit, inputFeePpk, finalExpiry);
                });
    }

    /** Whether it is expired at a time, in seconds since the epoch. */
    public boolean expired(long now) {
        return finalExpiry.isPresent() && now >= finalExpiry.getAsLong();
    }
}
