package org.ehashpool.translator.sv1;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The shares of a connection.
 *
 * @param refused by the words of the one who judged
 * @param stale those of {@code refused} whose job was not to be mined any more
 * @param unconfirmed it is not known what became of them
 * @param lastAccepted when, in monotonic nanoseconds
 */
public record ShareFigures(
        long accepted, Map<String, Long> refused, long stale, long unconfirmed, OptionalLong lastAccepted) {
    public ShareFigures {
        refused = Map.copyOf(refused);
    }

    /** All that do not count. */
    public long refusedInAll() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }
}
