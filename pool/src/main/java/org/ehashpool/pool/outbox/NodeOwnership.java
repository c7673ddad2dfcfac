package org.ehashpool.pool.outbox;

import java.util.List;
import org.jooq.DSLContext;

/** Whose outboxes this process sends. */
public interface NodeOwnership {

    /** The number of this process among all that the database has seen. */
    long boot();

    /**
     * The nodes that are this process's until the end of the transaction: its own, and those that it has taken over.
     *
     * @throws RuntimeException if another process has taken over this one's
     */
    List<Integer> hold(DSLContext sql);
}
