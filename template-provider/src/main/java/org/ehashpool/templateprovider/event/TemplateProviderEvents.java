package org.ehashpool.templateprovider.event;

import java.nio.file.Path;
import org.ehashpool.sv2.type.U256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** The log of the template provider. What a client alone can cause is logged below the level of information. */
public final class TemplateProviderEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.templateprovider");

    private TemplateProviderEvents() {}

    /** The node works, or works again. */
    public static void nodeReady(String words) {
        LOG.atInfo().addKeyValue("state", words).log("node is ready");
    }

    /** The node cannot be relied on. */
    public static void nodeTrouble(String condition, String words) {
        LOG.atWarn()
                .addKeyValue("condition", condition)
                .addKeyValue("words", words)
                .log("node is not ready");
    }

    /** Something the operator should know. */
    public static void nodeWarning(String words) {
        LOG.atWarn().addKeyValue("words", words).log("node");
    }

    /** There is a new block to build on. */
    public static void newTip(U256 hash, int height, boolean emptyNamed) {
        LOG.atInfo()
                .addKeyValue("prev_hash", hash)
                .addKeyValue("height", height)
                .addKeyValue("sent_ahead", emptyNamed)
                .log("new tip");
    }

    /** A template went out. */
    public static void published(int height, int transactions, long fees, int rooms, long micros) {
        LOG.atDebug()
                .addKeyValue("height", height)
                .addKeyValue("transactions", transactions)
                .addKeyValue("fees", fees)
                .addKeyValue("variants", rooms)
                .addKeyValue("build_us", micros)
                .log("template");
    }

    /** Templates are too old; clients are sent away. */
    public static void withdrawn(int clients, String words) {
        LOG.atError()
                .addKeyValue("clients", clients)
                .addKeyValue("words", words)
                .log("templates withdrawn: clients are disconnected until the node works again");
    }

    /** A client has said how much room it needs. */
    public static void clientJoined(long connection, long size, int sigops) {
        LOG.atInfo()
                .addKeyValue("connection", connection)
                .addKeyValue("size", size)
                .addKeyValue("sigops", sigops)
                .log("client wants templates");
    }

    /** A client is disconnected. */
    public static void clientRefused(long connection, String why) {
        LOG.atDebug()
                .addKeyValue("connection", connection)
                .addKeyValue("why", why)
                .log("client refused");
    }

    /** A solution that is no block. */
    public static void solutionRefused(long connection, long templateId, String why) {
        LOG.atDebug()
                .addKeyValue("connection", connection)
                .addKeyValue("template", Long.toUnsignedString(templateId))
                .addKeyValue("why", why)
                .log("solution refused");
    }

    /** A block is on its way to the node. */
    public static void blockFound(U256 hash, int height, long templateId, long connection) {
        block(Level.INFO, hash, height)
                .addKeyValue("template", Long.toUnsignedString(templateId))
                .addKeyValue("connection", connection)
                .log("block found");
    }

    /** The node has it. */
    public static void blockAccepted(U256 hash, int height, String words, long millis) {
        block(Level.INFO, hash, height)
                .addKeyValue("outcome", words)
                .addKeyValue("millis", millis)
                .log("block accepted");
    }

    /** The node does not want it. */
    public static void blockRejected(U256 hash, int height, String words) {
        block(Level.ERROR, hash, height).addKeyValue("outcome", words).log("block rejected");
    }

    /** It is tried again. */
    public static void blockDelayed(U256 hash, int height, String words) {
        block(Level.WARN, hash, height).addKeyValue("words", words).log("block not delivered yet");
    }

    /** It is not tried again before the next start. */
    public static void blockGivenUp(U256 hash, int height, String words) {
        block(Level.ERROR, hash, height)
                .addKeyValue("words", words)
                .log("block not delivered; its file is kept and tried at the next start");
    }

    /** Its file could not be written. */
    public static void blockFileFailed(Path file, Throwable cause) {
        LOG.atError().addKeyValue("file", file).setCause(cause).log("block file failed");
    }

    /** Blocks of an earlier run are tried. */
    public static void blocksLeft(int count) {
        LOG.atWarn().addKeyValue("count", count).log("blocks of an earlier run are submitted again");
    }

    /** A hint channel to the node has trouble. */
    public static void hintsFailed(String address, Throwable cause) {
        LOG.atWarn().addKeyValue("address", address).setCause(cause).log("zmq subscription ended; long poll goes on");
    }

    /** A bug that did not end the service. */
    public static void bug(String where, Throwable cause) {
        LOG.atError().addKeyValue("where", where).setCause(cause).log("unexpected failure");
    }

    private static LoggingEventBuilder block(Level level, U256 hash, int height) {
        return LOG.atLevel(level).addKeyValue("hash", hash).addKeyValue("height", height);
    }
}
