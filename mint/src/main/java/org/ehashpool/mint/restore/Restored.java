package org.ehashpool.mint.restore;

import java.util.List;
import org.ehashpool.cashu.blind.BlindSignature;
import org.ehashpool.cashu.blind.BlindedMessage;

/**
 * The part of the asked-for outputs that the mint has signed: two lists of one length.
 *
 * @param outputs in the order in which they were asked for, with the amount and keyset they were signed with
 */
public record Restored(List<BlindedMessage> outputs, List<BlindSignature> signatures) {
    public Restored {
        outputs = List.copyOf(outputs);
        signatures = List.copyOf(signatures);
    }
}
