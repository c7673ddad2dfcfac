package org.ehashpool.cashu.blind;

import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;

/**
 * An output that a wallet wants signed.
 *
 * @param amount for which the keyset needs a key
 * @param keysetId of the keyset that is to sign
 * @param point B_
 */
public record BlindedMessage(Amount amount, KeysetId keysetId, PublicKey point) {}
