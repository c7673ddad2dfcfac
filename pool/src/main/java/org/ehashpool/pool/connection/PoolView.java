package org.ehashpool.pool.connection;

import java.util.List;
import org.ehashpool.mining.job.JobSnapshot;
import org.ehashpool.pool.account.Tally;

/**
 * All miners at about one moment: each event loop's part is consistent, the parts are not of exactly the same time.
 *
 * @param connections by their numbers
 * @param figures shares of all connections, past ones included
 * @param jobs what is mined on
 */
public record PoolView(List<ConnectionView> connections, Tally.Figures figures, JobSnapshot jobs) {
    /** With the list as it is now. */
    public PoolView {
        connections = List.copyOf(connections);
    }

    /** Channels that are open. */
    public long channelCount() {
        return connections.stream().mapToLong(one -> one.channels().size()).sum();
    }
}
