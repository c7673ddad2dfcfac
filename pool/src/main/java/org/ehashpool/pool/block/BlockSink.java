package org.ehashpool.pool.block;

import org.ehashpool.mining.server.ServerEffect;
import org.ehashpool.sv2.type.Text;

/** Takes the blocks that miners found. */
@FunctionalInterface
public interface BlockSink {
    /**
     * Submits a block, before the caller does anything else. To be called from any thread; returns at once.
     *
     * @param block it
     * @param connectionId whose channel it was found on
     * @param userIdentity the channel's
     */
    void found(ServerEffect.BlockFound block, long connectionId, Text userIdentity);
}
