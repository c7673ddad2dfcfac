package org.ehashpool.cashu.wallet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.keyset.Keyset;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.proof.Proof;

/**
 * What a mint's answer to a restore is worth.
 *
 * @param found counters with a signature, whether it was good or not: none of them may be used again
 * @param proofs those with a good one; some may be spent
 * @param rejected how many signatures were not by the keyset's keys
 */
public record RestoredBatch(List<Long> found, List<Proof> proofs, int rejected) {
    public RestoredBatch {
        found = List.copyOf(found);
        proofs = List.copyOf(proofs);
    }

    /**
     * Matches the answer with what was asked. Outputs that were not asked for are not taken, nor is one twice.
     *
     * @param asked of one keyset
     * @param outputs of the answer, in the order of {@code signatures}
     * @throws IllegalArgumentException if the answer's lists have not one length
     */
    public static RestoredBatch of(
            List<BlindedSecret> asked, List<BlindedMessage> outputs, List<BlindSignature> signatures, Keyset keyset) {
        if (outputs.size() != signatures.size()) {
            throw new IllegalArgumentException("as many signatures as outputs are expected");
        }
        Map<PublicKey, BlindedSecret> open = new HashMap<>();
        asked.forEach(secret -> open.put(secret.blinded(), secret));
        List<Long> found = new ArrayList<>();
        List<Proof> proofs = new ArrayList<>();
        int rejected = 0;
        for (int i = 0; i < outputs.size(); i++) {
            BlindedSecret secret = open.remove(outputs.get(i).point());
            if (secret == null) {
                rejected++;
                continue;
            }
            found.add(secret.counter());
            Optional<Proof> proof = secret.unblind(signatures.get(i), keyset);
            proof.ifPresent(proofs::add);
            rejected += proof.isPresent() ? 0 : 1;
        }
        return new RestoredBatch(found, proofs, rejected);
    }
}
