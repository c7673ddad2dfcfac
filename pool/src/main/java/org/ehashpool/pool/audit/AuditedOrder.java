package org.ehashpool.pool.audit;

import java.time.Instant;
import java.util.Optional;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * An order of a quote.
 *
 * @param shareHash of the newest share: the order's identity at the mint
 * @param mint the x of the mint's key; empty while the order waits for another mint
 * @param state as the table has it
 * @param quote the mint's name for the quote, once there is one
 */
record AuditedOrder(
        U256 shareHash,
        Optional<Bytes> mint,
        String state,
        Optional<String> quote,
        long shareCount,
        String amount,
        String unit,
        Bytes lockingKey,
        Instant boundAt) {}
