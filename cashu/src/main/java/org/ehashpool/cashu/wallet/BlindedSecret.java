package org.ehashpool.cashu.wallet;

import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.blind.Blinding;
import org.ehashpool.cashu.blind.DleqProofs;
import org.ehashpool.cashu.blind.HashToCurve;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.proof.ProofDleq;

/**
 * A secret and the factor that blinds it: an output before it is signed.
 *
 * @param keyset for which they were derived
 * @param counter at which they were derived
 * @param secret of the proof to be
 * @param blindingFactor r
 * @param blinded B_
 */
public record BlindedSecret(KeysetId keyset, long counter, String secret, SecretKey blindingFactor, PublicKey blinded) {

    /** Blinds a secret. */
    public static BlindedSecret of(KeysetId keyset, long counter, String secret, SecretKey blindingFactor) {
        PublicKey blinded = Blinding.blind(HashToCurve.of(secret), blindingFactor);
        return new BlindedSecret(keyset, counter, secret, blindingFactor, blinded);
    }

    /** The output to be signed for that amount. */
    public BlindedMessage output(Amount amount) {
        return new BlindedMessage(amount, keyset, blinded);
    }

    /**
     * The proof, once it is signed.
     *
     * @param keys the keyset's
     * @return empty if the signature is not by the keyset's key for its amount: the mint cheats, or it was changed
     */
    public Optional<Proof> unblind(BlindSignature signature, Keyset keys) {
        if (!signature.keysetId().equals(keyset) || !keys.id().equals(keyset)) {
            return Optional.empty();
        }
        return keys.keys()
                .find(signature.amount())
                .filter(key -> DleqProofs.verify(signature.dleq(), key, blinded, signature.point()))
                .map(key -> new Proof(
                        signature.amount(),
                        keyset,
                        secret,
                        Blinding.unblind(signature.point(), blindingFactor, key),
                        Optional.empty(),
                        Optional.of(new ProofDleq(signature.dleq(), blindingFactor))));
    }

    /** Neither the secret nor its blinding. */
    @Override
    public String toString() {
        return "BlindedSecret[keyset=" + keyset + ", counter=" + counter + "]";
    }
}
