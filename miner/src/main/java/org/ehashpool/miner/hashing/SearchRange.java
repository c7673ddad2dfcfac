package org.ehashpool.miner.hashing;

import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/**
 * Headers that differ in nothing but the nonce.
 *
 * @param version the header's version
 * @param time the header's time
 * @param extranonce what follows the channel's prefix
 * @param firstNonce where to begin
 * @param count how many nonces, a multiple of {@link NonceSearch#LANES}
 */
record SearchRange(
        @U32 long version,
        @U32 long time,
        Bytes extranonce,
        @U32 long firstNonce,
        long count) {}
