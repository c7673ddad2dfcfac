package org.ehashpool.cli.interop;

import java.util.List;
import org.ehashpool.cli.interop.Outcome.Side;

/** How a connection has to end. */
sealed interface Demand {
    /** Both ends are content, and these payload sizes went there and back. */
    record Completion(List<Integer> frames) implements Demand {
        public Completion {
            frames = List.copyOf(frames);
        }
    }

    /**
     * One end refuses and the other one notices.
     *
     * @param by who refuses
     * @param reason what its reason must contain, so that no other fault passes for the refusal
     */
    record Refusal(Side by, String reason) implements Demand {}
}
