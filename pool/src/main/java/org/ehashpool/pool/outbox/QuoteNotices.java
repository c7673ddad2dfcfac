package org.ehashpool.pool.outbox;

import java.util.List;
import org.ehashpool.pool.connection.EhashNotice;

/** The way to miners: what a connection cannot take at once is dropped. From any thread. */
public interface QuoteNotices {

    /** Tells each connection, if it is still there and has agreed on the extension. */
    void tell(List<EhashNotice> notices);

    /** The mints are others than before, or elsewhere. */
    void mintsChanged();
}
