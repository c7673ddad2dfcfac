package org.ehashpool.statistics.ingest;

import org.ehashpool.statistics.fold.Told;

/** A connection that tells. Called on the writer's thread; returns at once. */
public interface Teller {

    /**
     * These are written and committed, or were before.
     *
     * @param seq everything up to here is kept
     * @param count of messages that are not held for it any longer
     * @param bytes of their payloads
     */
    void kept(long seq, long count, long bytes);

    /** A number was left out without being declared as missing. */
    void outOfOrder();

    /** One of these cannot be kept at all. */
    void failed(Told told);
}
