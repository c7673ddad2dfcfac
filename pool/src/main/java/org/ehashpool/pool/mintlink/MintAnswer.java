package org.ehashpool.pool.mintlink;

import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;

/** What a mint says to a request. */
public sealed interface MintAnswer {

    /** The request. */
    MintQuoteRequest request();

    /**
     * The quote exists and is paid.
     *
     * @param quoteId 1 to 255 printable ASCII characters
     */
    record Quoted(MintQuoteRequest request, String quoteId) implements MintAnswer {}

    /**
     * There is no quote.
     *
     * @param code made printable
     * @param retryable whether the same request may succeed later: as the table of codes says, or, for a code that is not
     *     in it, as the mint does
     */
    record Refused(MintQuoteRequest request, String code, boolean retryable) implements MintAnswer {}
}
