package org.ehashpool.mint.payment;

import java.util.List;
import java.util.UUID;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.proof.Proof;

/**
 * {@code POST /v1/melt/bolt11}.
 *
 * @param outputs blank, for what is provided and not used
 */
public record MeltRequest(UUID quote, List<Proof> inputs, List<BlindedMessage> outputs) {
    public MeltRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
