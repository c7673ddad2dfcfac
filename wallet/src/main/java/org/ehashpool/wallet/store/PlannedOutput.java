package org.ehashpool.wallet.store;

import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.KeysetId;

/**
 * An output, from which the seed makes the same secret every time.
 *
 * @param sent whether its proof is for a token
 */
public record PlannedOutput(KeysetId keyset, long counter, Amount amount, boolean sent) {}
