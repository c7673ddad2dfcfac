package org.ehashpool.mint.spend;

import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.keyset.MintKeyset;
import org.ehashpool.mint.store.ProofTable;

/**
 * An input that the mint has signed. Whether it is spent is for the database to say.
 *
 * @param y of its secret
 */
public record VerifiedInput(Proof proof, PublicKey y, MintKeyset keyset) {

    /** The row that says so. */
    public ProofTable.Spent toSpent() {
        return new ProofTable.Spent(y, keyset.row().number(), proof.amount(), proof.witness());
    }
}
