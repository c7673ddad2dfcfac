package org.ehashpool.statistics.figures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A block that was found.
 *
 * @param hash in the order people read, 64 hexadecimal digits
 * @param state {@code found}, {@code confirmed} or {@code orphaned}
 * @param downstreamId whose share it was
 * @param user whom that share was for
 */
public record BlockView(
        String hash,
        @Nullable Long height,
        String service,
        String instance,
        @Nullable Long downstreamId,
        @Nullable String user,
        String state,
        long confirmations,
        Instant foundAt,
        Instant changedAt) {}
