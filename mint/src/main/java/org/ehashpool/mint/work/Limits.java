package org.ehashpool.mint.work;

import java.util.Optional;
import org.ehashpool.cashu.error.ErrorCode;
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
