package org.ehashpool.pool.ledger;

import io.vertx.core.Future;
import java.util.List;

/** Where credits are kept. */
public interface ShareLedger {

    /** What became of one credit. */
    enum Outcome {
        /** It is kept. */
        RECORDED,
        /** Its hash was recorded before, by this process or another. */
        DUPLICATE,
        /** It cannot be kept, and no later try would change that. */
        REFUSED
    }

    /**
     * Records credits, all in one step. Called again only after the future before has completed, from any thread, and
     * must not block it.
     *
     * @param credits not empty, in the order in which each channel's shares came
     * @return an outcome for each, in the same order; fails if it is not known whether they were recorded: then the same
     *     credits come again, and those that were recorded at the first try are {@link Outcome#RECORDED}
     */
    Future<List<Outcome>> commit(List<ShareCredit> credits);
}
