package org.ehashpool.pool.template;

import java.util.function.Consumer;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.mining.job.JobUpdate;

/** What all miners work on. */
public interface JobFeed {
    /**
     * Calls {@code updates} with every update from now on, in order and without a gap, on the feed's own context: it must
     * not block.
     *
     * @return what holds before the first of these updates
     */
    JobSnapshot subscribe(Consumer<JobUpdate> updates);
}
