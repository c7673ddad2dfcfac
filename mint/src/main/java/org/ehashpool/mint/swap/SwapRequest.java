package org.ehashpool.mint.swap;

import java.util.List;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.proof.Proof;

/** {@code POST /v1/swap}. */
public record SwapRequest(List<Proof> inputs, List<BlindedMessage> outputs) {
    public SwapRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
