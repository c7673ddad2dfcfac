package org.ehashpool.cashu.blind;

import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;

/**
 * A mint's signature on a {@link BlindedMessage}, always with the proof of NUT-12.
 *
 * @param amount whose key signed
 * @param keysetId of the keyset that signed
 * @param point C_
 * @param dleq that the published key signed
 */
public record BlindSignature(Amount amount, KeysetId keysetId, PublicKey point, Dleq dleq) {}
