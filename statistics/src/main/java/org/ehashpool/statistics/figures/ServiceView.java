package org.ehashpool.statistics.figures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service that is watched.
 *
 * @param status {@link ServiceStatus#label()}
 * @param state of its lifecycle, as it said last
 * @param startedAt of its present boot
 * @param lastSeenAt of a heartbeat or an answer, whichever is later
 * @param clockAheadMillis its clock less ours
 * @param pollError why it did not answer when it was last asked
 * @param missingEvents that it declared as lost within a day
 * @param unknownGaps ends of boots within a day after which nobody knows what is missing
 */
public record ServiceView(
        int id,
        String name,
        String instance,
        String status,
        @Nullable String state,
        @Nullable String version,
        @Nullable Instant startedAt,
        @Nullable Instant lastHeartbeatAt,
        @Nullable Instant lastSeenAt,
        @Nullable Long clockAheadMillis,
        @Nullable String healthUrl,
        @Nullable String pollError,
        long missingEvents,
        long unknownGaps) {}
