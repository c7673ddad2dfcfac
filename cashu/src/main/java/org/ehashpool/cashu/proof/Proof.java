package org.ehashpool.cashu.proof;

import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.HashToCurve;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;

/**
 * An amount of ecash: whoever knows it can spend it, unless its secret is a condition. Text shows none of what makes it
 * spendable.
 *
 * @param amount whose key signed
 * @param keysetId of the keyset that signed
 * @param secret as text; what is signed is the hash of its UTF-8 bytes
 * @param point C, the unblinded signature
 * @param witness as JSON text, when the secret is a condition (NUT-10)
 * @param dleq that the published key signed, for those that the ecash is sent to
 */
public record Proof(
        Amount amount,
        KeysetId keysetId,
        String secret,
        PublicKey point,
        Optional<String> witness,
        Optional<ProofDleq> dleq) {

    /** A proof without witness and DLEQ. */
    public Proof(Amount amount, KeysetId keysetId, String secret, PublicKey point) {
        this(amount, keysetId, secret, point, Optional.empty(), Optional.empty());
    }

    /** The same proof with that witness. */
    public Proof withWitness(String newWitness) {
        return new Proof(amount, keysetId, secret, point, Optional.of(newWitness), dleq);
    }

    /** Y, under which a mint knows whether the proof is spent: the curve point of the secret. */
    public PublicKey y() {
        return HashToCurve.of(secret);
    }

    @Override
    public String toString() {
        return "Proof[amount=" + amount + ", keysetId=" + keysetId + "]";
    }
}
