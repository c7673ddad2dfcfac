package org.ehashpool.mint.keyset;

import java.util.OptionalLong;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.signing.SigningKeys;

/** What is derived from the mint's seed. */
public interface KeyDerivation {

    /**
     * The keys of a keyset.
     *
     * @param index after the unit's step in the derivation path
     * @param inputFeePpk and the expiry, in seconds since the epoch, are part of the keyset's id
     */
    SigningKeys keys(String unit, long index, long inputFeePpk, OptionalLong finalExpiry);

    /** The mint's own public key, as NUT-06 names it and lookups sign for it. */
    PublicKey mintKey();
}
