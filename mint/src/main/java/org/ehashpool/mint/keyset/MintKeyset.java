package org.ehashpool.mint.keyset;

import org.ehashpool.cashu.signing.SigningKeys;
import org.ehashpool.mint.store.StoredKeyset;

/**
 * A keyset of this mint.
 *
 * @param row what the database knows of it
 * @param keys derived from the seed
 */
public record MintKeyset(StoredKeyset row, SigningKeys keys) {}
