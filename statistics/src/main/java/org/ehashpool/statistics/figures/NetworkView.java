package org.ehashpool.statistics.figures;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The best chain, as a node, a pool or a translator told last.
 *
 * @param height of its last block
 * @param difficulty of the next one; null where nobody told
 * @param toldBy service and instance
 */
public record NetworkView(
        long height, @Nullable Double difficulty, @Nullable String chain, String toldBy, Instant toldAt) {}
