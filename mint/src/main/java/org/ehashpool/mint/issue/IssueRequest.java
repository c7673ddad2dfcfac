package org.ehashpool.mint.issue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.blind.BlindedMessage;

/**
 * {@code POST /v1/mint/{method}} and {@code POST /v1/mint/{method}/batch}.
 *
 * @param batch whether it came as a batch, whose outputs have to equal its quotes exactly
 */
public record IssueRequest(String method, List<Part> parts, List<BlindedMessage> outputs, boolean batch) {

    public IssueRequest {
        parts = List.copyOf(parts);
        outputs = List.copyOf(outputs);
    }

    /**
     * One quote of a request.
     *
     * @param amount how much of it; without, of a batch, all that can be minted
     * @param signature NUT-20's, hex, of a quote that is locked
     */
    public record Part(UUID quote, Optional<Amount> amount, Optional<String> signature) {}

    /** For one quote: as much of it as the outputs sum up to. */
    public static IssueRequest single(
            String method, UUID quote, List<BlindedMessage> outputs, Optional<String> signature) {
        return new IssueRequest(method, List.of(new Part(quote, Optional.empty(), signature)), outputs, false);
    }
}
