package org.ehashpool.cashu.token;

import java.util.Collection;
import java.util.Optional;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.keyset.ShortKeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.cashu.proof.ProofDleq;

/**
 * A proof as a token carries it: its keyset may be named in short.
 *
 * @param keyset the short form, always
 * @param fullKeyset the id, if the token names it
 */
public record TokenProof(
        Amount amount,
        ShortKeysetId keyset,
        Optional<KeysetId> fullKeyset,
        String secret,
        PublicKey point,
        Optional<String> witness,
        Optional<ProofDleq> dleq) {

    /** A proof of ours, with its keyset in full. */
    public static TokenProof of(Proof proof) {
        return new TokenProof(
                proof.amount(),
                ShortKeysetId.of(proof.keysetId()),
                Optional.of(proof.keysetId()),
                proof.secret(),
                proof.point(),
                proof.witness(),
                proof.dleq());
    }

    /**
     * The proof.
     *
     * @param known the keysets of the token's mint
     * @return empty if its keyset is none of them, or a short form stands for several: "the wallet MUST fail token
     *     parsing"
     */
    public Optional<Proof> resolve(Collection<KeysetId> known) {
        Optional<KeysetId> id = fullKeyset.isPresent() ? fullKeyset.filter(known::contains) : keyset.resolve(known);
        return id.map(found -> new Proof(amount, found, secret, point, witness, dleq));
    }

    @Override
    public String toString() {
        return "TokenProof[amount=" + amount + ", keyset=" + keyset + "]";
    }
}
