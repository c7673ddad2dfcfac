package org.ehashpool.pool.outbox;

import java.math.BigInteger;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * A share of the ledger that is to be paid and not bound yet.
 *
 * @param tip and {@code headerTime} and {@code hash} name its row
 * @param headerTime as the ledger has it
 * @param node in whose outbox it is
 * @param boot of the process that took it
 * @param connection and {@code channel} it came on, there
 * @param sequence its number on the channel, U32
 * @param lockingKey who is to be paid, 33 bytes
 * @param amount from 1 and below 2^64
 * @param acceptedAt milliseconds since the epoch
 */
record Credit(
        int tip,
        int headerTime,
        U256 hash,
        int node,
        long boot,
        long connection,
        long channel,
        long sequence,
        Bytes lockingKey,
        String unit,
        BigInteger amount,
        long acceptedAt) {}
