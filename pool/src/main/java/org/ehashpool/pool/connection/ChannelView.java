package org.ehashpool.pool.connection;

import java.util.Optional;
import org.ehashpool.pool.account.Tally;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/**
 * A channel at one moment, for people.
 *
 * @param connectionId its connection
 * @param id its number on the connection
 * @param standard whether it is a standard channel, else an extended one
 * @param user who mines, printable
 * @param solo whether its blocks pay the miner, whose shares are then not paid for
 * @param lockingKey who is paid for its shares, unless a share says otherwise
 * @param groupId the group it belongs to
 * @param difficulty of shares of the next job
 * @param target the same as the largest hash that counts, in hexadecimal
 * @param nominalHashRate what the client says, hashes per second
 * @param presumedHashRate what the share difficulty is set by, hashes per second
 * @param openedAt milliseconds since 1970
 * @param figures its shares
 */
public record ChannelView(
        long connectionId,
        @U32 long id,
        boolean standard,
        String user,
        boolean solo,
        Optional<Bytes> lockingKey,
        @U32 long groupId,
        double difficulty,
        String target,
        double nominalHashRate,
        double presumedHashRate,
        long openedAt,
        Tally.Figures figures) {}
