package org.ehashpool.pool.mintlink;

import java.util.List;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;

/** Who orders quotes. Called on the links' event loops, for each link in the order of what happens to it. */
public interface MintListener {

    /** A mint has proved who it is, and takes requests. */
    void identified(MintLink link);

    /** An answer that fits its request. */
    void answered(MintLink link, MintAnswer answer);

    /** The link has ended; of these requests it is not known what became. */
    void ended(MintLink link, List<MintQuoteRequest> unanswered);

    /** Other mints than before are pinned, or another URL of one is known. */
    void mintsChanged();
}
