package org.ehashpool.pool.ledger;

import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;

/**
 * A share that counts. Boot, connection, channel and its place among the channel's credits tell it from any other.
 *
 * @param bootId of the process that accepted it
 * @param connectionId unique in the process
 * @param channelId unique in the connection
 * @param sequenceNumber the client's number for it, which clients are free to use twice
 * @param hash of the header
 * @param previousHash of the header
 * @param headerTime of the header, seconds since 1970
 * @param target pinned to its job: says what it is worth
 * @param userIdentity the channel's
 * @param worker who found it, where the client says so by extension 0x0002
 * @param lockingKey who is to be paid: a compressed point of the curve; empty if nobody is
 * @param creditable whether it may be paid for; not so where blocks pay the miner instead of the pool
 * @param acceptedAt milliseconds since 1970
 */
public record ShareCredit(
        String bootId,
        long connectionId,
        @U32 long channelId,
        @U32 long sequenceNumber,
        U256 hash,
        U256 previousHash,
        @U32 long headerTime,
        Target target,
        Text userIdentity,
        Optional<Text> worker,
        Optional<Bytes> lockingKey,
        boolean creditable,
        long acceptedAt) {

    /** Whether somebody is to be paid for it. */
    public boolean hasPayee() {
        return creditable && lockingKey.isPresent();
    }
}
