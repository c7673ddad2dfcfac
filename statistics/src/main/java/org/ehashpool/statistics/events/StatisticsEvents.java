package org.ehashpool.statistics.events;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator of a statistics service is told. Never a token. */
public final class StatisticsEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.statistics");

    private StatisticsEvents() {}

    /** Senders can connect. */
    public static void listening(String address, boolean tls) {
        LOG.atInfo().addKeyValue("address", address).addKeyValue("tls", tls).log("stats_listening");
    }

    /** A sender's boot may tell. */
    public static void welcomed(String service, String instance, String peer, long lastSeq) {
        LOG.atInfo()
                .addKeyValue("service", service)
                .addKeyValue("instance", instance)
                .addKeyValue("peer", peer)
                .addKeyValue("last_seq", lastSeq)
                .log("sender_welcomed");
    }

    /** A connection was ended with a reason. */
    public static void refused(String peer, String code, String message) {
        LOG.atWarn()
                .addKeyValue("peer", peer)
                .addKeyValue("code", code)
                .addKeyValue("message", message)
                .log("sender_refused");
    }

    /** A sender named an address that it may not have us ask. */
    public static void endpointRefused(String service, String instance, String url) {
        LOG.atWarn()
                .addKeyValue("service", service)
                .addKeyValue("instance", instance)
                .addKeyValue("url", url)
                .log("endpoint_not_asked");
    }

    /** A group of events could not be written; it is tried until it is. */
    public static void writeFailed(int events, Throwable cause) {
        LOG.atWarn()
                .addKeyValue("events", events)
                .addKeyValue("cause", cause.toString())
                .log("events_not_written");
    }

    /** Events are written again. */
    public static void writeRecovered() {
        LOG.atInfo().log("events_written_again");
    }

    /** An event that the tables do not take is kept without what it says. */
    public static void keptAside(int boot, Throwable cause) {
        LOG.atWarn()
                .addKeyValue("boot", boot)
                .addKeyValue("cause", cause.toString())
                .log("event_kept_aside");
    }

    /** A regular task failed; the next round follows. */
    public static void taskFailed(String task, Throwable cause) {
        LOG.atWarn()
                .addKeyValue("task", task)
                .addKeyValue("cause", cause.toString())
                .log("task_failed");
    }

    /** Events are dropped before their time: their tables would be larger than they may be. */
    public static void eventsBeyondSize(int days, long bytes) {
        LOG.atWarn().addKeyValue("days", days).addKeyValue("most_bytes", bytes).log("events_beyond_size");
    }

    /** A partition that is older than it has to be. */
    public static void dropped(String partition) {
        LOG.atInfo().addKeyValue("partition", partition).log("partition_dropped");
    }
}
