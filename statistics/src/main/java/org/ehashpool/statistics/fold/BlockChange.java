package org.ehashpool.statistics.fold;

import org.jspecify.annotations.Nullable;

/**
 * What is told of a block. Times are epoch milliseconds.
 *
 * @param state {@code found}, {@code confirmed} or {@code orphaned}; of those told together, the last
 * @param at of the first that was told of it
 */
public record BlockChange(
        String hash,
        @Nullable Long height,
        int sender,
        @Nullable Downstream downstream,
        @Nullable String user,
        String state,
        long confirmations,
        long at,
        long changedAt) {

    static final String FOUND = "found";

    /** With what is told after it. */
    BlockChange then(BlockChange next) {
        return new BlockChange(
                hash,
                next.height == null ? height : next.height,
                sender,
                next.downstream == null ? downstream : next.downstream,
                next.user == null ? user : next.user,
                next.state.equals(FOUND) ? state : next.state,
                Math.max(confirmations, next.confirmations),
                Math.min(at, next.at),
                next.changedAt);
    }
}
