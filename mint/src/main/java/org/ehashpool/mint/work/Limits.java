package org.ehashpool.mint.work;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.mint.outcome.Refusal;

/**
 * How large requests may be.
 *
 * @param inputs of one request, at most {@value #CEILING}
 * @param outputs of one request, at most {@value #CEILING}
 * @param quotes of one batch
 * @param secretLength of an input, in bytes
 * @param witnessLength of an input, in bytes
 */
public record Limits(int inputs, int outputs, int quotes, int secretLength, int witnessLength) {

    /** Holds also for a request that is repeated after the limits were lowered. */
    public static final int CEILING = 1000;

    public static final Limits DEFAULT = new Limits(1000, 1000, 100, 1024, 4096);

    /** Whether an input's secret or witness is longer than it may be. */
    public boolean tooLong(Proof input) {
        return length(input.secret()) > secretLength
                || input.witness()
                        .filter(witness -> length(witness) > witnessLength)
                        .isPresent();
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Why a request is too large to be looked at. */
    public static Optional<Refusal> problem(int inputs, int outputs) {
        if (inputs > CEILING) {
            return Optional.of(new Refusal(ErrorCode.MAX_INPUTS_EXCEEDED, "more than " + CEILING + " inputs"));
        }
        return outputs > CEILING
                ? Optional.of(new Refusal(ErrorCode.MAX_OUTPUTS_EXCEEDED, "more than " + CEILING + " outputs"))
                : Optional.empty();
    }
}
