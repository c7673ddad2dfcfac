package org.ehashpool.mining.server;

import java.util.Optional;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U32;

/**
 * A channel at one moment.
 *
 * @param id its number on its connection
 * @param standard whether it is a standard channel, else an extended one
 * @param userIdentity who mines
 * @param groupId the group it belongs to
 * @param target what shares of the next job must meet
 * @param hashRate the estimate, hashes per second
 * @param extranoncePrefix of the next job
 * @param rollableSize bytes of extranonce left to the client, 0 on a standard channel
 * @param payout of a solo miner, who is paid by its own blocks only
 */
public record ChannelStatus(
        @U32 long id,
        boolean standard,
        Text userIdentity,
        @U32 long groupId,
        Target target,
        double hashRate,
        Bytes extranoncePrefix,
        int rollableSize,
        Optional<SoloPayout> payout) {}
