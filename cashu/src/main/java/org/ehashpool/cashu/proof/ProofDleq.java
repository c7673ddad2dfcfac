package org.ehashpool.cashu.proof;

import java.util.Optional;
import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.blind.DleqProofs;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;

/**
 * The proof of NUT-12 as it travels with a {@link Proof}.
 *
 * @param dleq of the blind signature
 * @param blindingFactor r, with which the blind signature can be built again; a mint that learns it links the proof to
 *     its minting
 */
public record ProofDleq(Dleq dleq, SecretKey blindingFactor) {

    /**
     * Whether it shows that the mint's key signed: "C' = C + r*A, B' = Y + r*G".
     *
     * @param y of the proof's secret
     * @param signature C of the proof
     * @param mintKey A: what the keyset publishes for the proof's amount
     */
    public boolean verify(PublicKey y, PublicKey signature, PublicKey mintKey) {
        Optional<PublicKey> blinded = y.plus(blindingFactor.publicKey());
        Optional<PublicKey> blindSignature = signature.plus(mintKey.times(blindingFactor));
        return blinded.isPresent()
                && blindSignature.isPresent()
                && DleqProofs.verify(dleq, mintKey, blinded.get(), blindSignature.get());
    }
}
