package org.ehashpool.wallet.audit;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.ehashpool.cashu.point.PublicKey;

/**
 * Whose claims they are.
 *
 * @param keys the seed's that were ever in use, and others that quotes were claimed for
 * @param mints that the wallet ever had to do with
 * @param restored what was got back with the seed, or found to be signed after all
 */
public record AuditedKeys(Instant at, List<PublicKey> keys, List<PublicKey> mints, List<Restored> restored) {

    public AuditedKeys {
        keys = List.copyOf(keys);
        mints = List.copyOf(mints);
        restored = List.copyOf(restored);
    }

    /** At one mint, in one unit. */
    public record Restored(PublicKey mint, String unit, BigInteger amount) {}
}
