package org.ehashpool.cashu.proof;

import org.ehashpool.cashu.blind.Dleq;
import org.ehashpool.cashu.point.SecretKey;

/**
 * The proof of NUT-12 as it travels with a {@link Proof}.
 *
 * @param dleq of the blind signature
 * @param blindingFactor r, with which the blind signature can be built again; a mint that learns it links the proof to
 *     its minting
 */
public record ProofDleq(Dleq dleq, SecretKey blindingFactor) {}
