package org.ehashpool.wallet.store;

import java.time.Instant;
import org.ehashpool.cashu.point.PublicKey;

/**
 * A key that quotes are locked to.
 *
 * @param index in the seed's path for such keys
 * @param createdAt since when it is in use, until the next is
 */
public record LockingKey(long index, PublicKey publicKey, Instant createdAt) {}
