package org.ehashpool.templateprovider.chain.node;

import java.nio.file.Path;
import java.time.Duration;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.templateprovider.chain.consensus.Acceptance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded chain's log: one method per event. */
public final class ChainEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.chain");

    private ChainEvents() {}

    static void opened(Path directory, @U32 long bits, int height, U256 tip, int blocks, Duration took) {
        LOG.atInfo()
                .addKeyValue("directory", directory)
                .addKeyValue("bits", "%08x".formatted(bits))
                .addKeyValue("height", height)
                .addKeyValue("tip", tip)
                .addKeyValue("blocks_read", blocks)
                .addKeyValue("ms", took.toMillis())
                .log("chain opened");
    }

    static void tailCut(Path directory, long bytes) {
        LOG.atWarn()
                .addKeyValue("directory", directory)
                .addKeyValue("bytes", bytes)
                .log("unfinished block cut off");
    }

    static void newTip(Acceptance.NewTip change, int mempool) {
        LOG.atInfo()
                .addKeyValue("height", change.tip().height())
                .addKeyValue("hash", change.tip().hash())
                .addKeyValue("transactions", change.tip().transactionCount())
                .addKeyValue("disconnected", change.disconnected().size())
                .addKeyValue("mempool", mempool)
                .log("new tip");
    }

    static void branch(U256 hash, int height) {
        LOG.atInfo().addKeyValue("hash", hash).addKeyValue("height", height).log("block on a branch");
    }

    static void refused(U256 hash, String reason) {
        LOG.atWarn().addKeyValue("hash", hash).addKeyValue("reason", reason).log("block refused");
    }

    static void storeFailed(U256 hash, Throwable cause) {
        LOG.atError().addKeyValue("hash", hash).setCause(cause).log("block not stored");
    }

    /** A transaction of our own was not admitted, which it should have been. */
    static void generatedRefused(U256 id, String reason) {
        LOG.atWarn()
                .addKeyValue("transaction", id)
                .addKeyValue("reason", reason)
                .log("generated transaction refused");
    }

    /** The RPC port is open. */
    public static void listening(HostPort address, Path cookie) {
        LOG.atInfo().addKeyValue("rpc", address).addKeyValue("cookie", cookie).log("chain listening");
    }

    /** A call failed for a reason that is not the caller's. */
    public static void callFailed(String method, Throwable cause) {
        LOG.atError().addKeyValue("method", method).setCause(cause).log("call failed");
    }

    /** The generator's turn failed. */
    public static void generatorFailed(Throwable cause) {
        LOG.atError().setCause(cause).log("transaction generator failed");
    }

    /** The cookie file could not be deleted. */
    public static void cookieNotDeleted(Path cookie, Throwable cause) {
        LOG.atWarn().addKeyValue("cookie", cookie).setCause(cause).log("cookie file left behind");
    }
}
