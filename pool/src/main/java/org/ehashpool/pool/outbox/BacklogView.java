package org.ehashpool.pool.outbox;

import org.ehashpool.pool.outbox.OrderTable.Backlog;

/**
 * What waits, as it was when it was last looked at.
 *
 * @param ageMillis since the oldest share that waits was accepted; 0 if none does
 * @param late whether that is longer than it should be
 * @param full whether no more shares are taken
 */
record BacklogView(Backlog backlog, long ageMillis, boolean late, boolean full) {
    static final BacklogView NONE = new BacklogView(Backlog.NONE, 0, false, false);
}
