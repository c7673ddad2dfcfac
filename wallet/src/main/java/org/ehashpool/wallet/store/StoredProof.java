package org.ehashpool.wallet.store;

import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.proof.Proof;

/**
 * A proof of the wallet.
 *
 * @param sentBy the send whose token has it
 */
public record StoredProof(Proof proof, ProofState state, Optional<UUID> sentBy) {}
