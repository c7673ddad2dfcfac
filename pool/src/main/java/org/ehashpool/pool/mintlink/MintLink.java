package org.ehashpool.pool.mintlink;

import java.util.List;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;

/** A connection of a mint that has proved who it is. */
public interface MintLink {

    /** Unique among all connections of the process. */
    long connectionId();

    /** Whose it is. */
    IdentifiedMint mint();

    /**
     * Sends requests, from any thread. Each is answered, or named when the link has ended.
     *
     * @param requests with ids that no unanswered one has; no more than the window lets
     */
    void send(List<MintQuoteRequest> requests);
}
