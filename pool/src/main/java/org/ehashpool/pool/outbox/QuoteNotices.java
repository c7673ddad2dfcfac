package org.ehashpool.pool.outbox;

import org.ehashpool.sv2.message.Ehash;

/** The way to miners: what the connection cannot take at once is dropped. */
@FunctionalInterface
public interface QuoteNotices {

    /** Tells one connection, if it is still there and has agreed on the extension. From any thread. */
    void tell(long connectionId, Ehash.FromServer notice);
}
