package org.ehashpool.miner.upstream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The miner's log: one method per event. Strings of the pool are printable before they come here. */
public final class MinerEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.miner");

    private MinerEvents() {}

    /** The connection to a pool ended, or could not be made. */
    public static void disconnected(String pool, String reason) {
        LOG.atInfo().addKeyValue("pool", pool).addKeyValue("reason", reason).log("disconnected");
    }

    /** The pool does not want us. */
    public static void refused(String pool, String reason) {
        LOG.atWarn().addKeyValue("pool", pool).addKeyValue("reason", reason).log("refused by the pool");
    }

    /** A channel is open. */
    public static void channelOpened(long channel, boolean standard, double difficulty) {
        LOG.atInfo()
                .addKeyValue("channel", channel)
                .addKeyValue("kind", standard ? "standard" : "extended")
                .addKeyValue("difficulty", difficulty)
                .log("channel opened");
    }

    /** The pool closed a channel. */
    public static void channelClosed(long channel, String reason) {
        LOG.atWarn()
                .addKeyValue("channel", channel)
                .addKeyValue("reason", reason)
                .log("channel closed by the pool");
    }

    /** The pool refused a new hash rate. */
    public static void updateRefused(long channel, String reason) {
        LOG.atWarn()
                .addKeyValue("channel", channel)
                .addKeyValue("reason", reason)
                .log("update refused");
    }

    /** The pool refused a share. */
    public static void shareRefused(long channel, String reason) {
        LOG.atInfo()
                .addKeyValue("channel", channel)
                .addKeyValue("reason", reason)
                .log("share refused");
    }

    /** A hash met the network's target. */
    public static void blockFound(Object hash) {
        LOG.atInfo().addKeyValue("hash", hash).log("block found");
    }

    /** The pool broke its protocol. */
    public static void violation(String pool, String reason) {
        LOG.atWarn().addKeyValue("pool", pool).addKeyValue("reason", reason).log("the pool broke the protocol");
    }

    /** The pool has something to say. */
    public static void message(String pool, String text) {
        LOG.atWarn().addKeyValue("pool", pool).addKeyValue("text", text).log("message of the pool");
    }

    /** The pool sends us elsewhere. */
    public static void redirection(String host, int port, boolean honoured) {
        LOG.atWarn()
                .addKeyValue("new_host", host)
                .addKeyValue("new_port", port)
                .addKeyValue("honoured", honoured)
                .log("the pool asks for a reconnect");
    }

    /** The event loops did not end in time. */
    public static void notStopped(Throwable cause) {
        LOG.atWarn().setCause(cause).log("not stopped in time");
    }
}
