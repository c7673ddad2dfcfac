package org.ehashpool.pool.outbox;

import java.util.List;
import org.ehashpool.sv2.message.MintQuote.MintQuoteRequest;
import org.ehashpool.sv2.type.Bytes;

/**
 * An order that is bound to a mint.
 *
 * @param mint the mint's key
 * @param request what the mint is asked, always the same; its id is the order's
 * @param marks who is told; empty if the order is from before this process
 */
record Order(Bytes mint, MintQuoteRequest request, List<ChannelMark> marks) {

    Order {
        marks = List.copyOf(marks);
    }

    long id() {
        return request.requestId();
    }
}
