package org.ehashpool.pool.mintlink;

import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.sv2.message.MintIdentifyErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the links to mints. Those whom the pool does not know are limited by the port's quotas. */
final class MintLinkEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.pool.mint");

    private MintLinkEvents() {}

    static void mintIdentified(long connectionId, IdentifiedMint mint) {
        LOG.atInfo()
                .addKeyValue("connection", connectionId)
                .addKeyValue("mint", mint.mint().name())
                .addKeyValue("url", mint.url())
                .addKeyValue("window", mint.window())
                .log("mint_identified");
    }

    static void mintRefused(ConnectionInfo info, MintIdentifyErrorCode code) {
        LOG.atWarn()
                .addKeyValue("connection", info.connectionId())
                .addKeyValue("peer", info.peer().getHostString())
                .addKeyValue("reason", code.words())
                .log("mint_refused");
    }

    static void mintGone(long connectionId, IdentifiedMint mint, int unanswered) {
        LOG.atWarn()
                .addKeyValue("connection", connectionId)
                .addKeyValue("mint", mint.mint().name())
                .addKeyValue("unanswered", unanswered)
                .log("mint_gone");
    }
}
