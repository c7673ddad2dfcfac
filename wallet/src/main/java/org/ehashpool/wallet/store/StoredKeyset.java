package org.ehashpool.wallet.store;

import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.wallet.mint.MintUrl;

/**
 * A keyset of a mint.
 *
 * @param active whether it signs, when the mint was last asked
 * @param nextCounter the first counter that no output has had
 */
public record StoredKeyset(MintUrl mint, Keyset keyset, boolean active, long nextCounter) {}
