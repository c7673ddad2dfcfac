package org.ehashpool.mint.restore;

import java.util.Optional;
import org.ehashpool.cashu.point.PublicKey;

/**
 * What the mint knows of a proof. There is no state between: a proof is spent in one transaction, or not.
 *
 * @param y of its secret
 * @param spent whether it is spent
 * @param witness what unlocked it, when it was spent under a condition
 */
public record ProofState(PublicKey y, boolean spent, Optional<String> witness) {}
