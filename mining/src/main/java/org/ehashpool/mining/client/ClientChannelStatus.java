package org.ehashpool.mining.client;

import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;

/**
 * A channel at one moment.
 *
 * @param id the server's number for it
 * @param standard whether it is a standard channel, else an extended one
 * @param groupId the group it belongs to
 * @param target what shares of the next job must meet
 * @param extranoncePrefix of the next job; a standard channel's whole extranonce
 * @param extranonceSize bytes left to us, 0 on a standard channel
 * @param submitted shares submitted so far
 */
public record ClientChannelStatus(
        @U32 long id,
        boolean standard,
        @U32 long groupId,
        Target target,
        Bytes extranoncePrefix,
        int extranonceSize,
        long submitted) {}
