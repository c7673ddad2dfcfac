package org.ehashpool.kit.stats;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What telling a statistics service tells the operator. */
final class PublisherEvents {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherEvents.class);

    private PublisherEvents() {}

    static void connected(String address, int version, long lastSeq) {
        LOG.atInfo()
                .addKeyValue("address", address)
                .addKeyValue("version", version)
                .addKeyValue("last_seq", lastSeq)
                .log("stats_connected");
    }

    static void refused(String address, String code, String message) {
        LOG.atError()
                .addKeyValue("address", address)
                .addKeyValue("code", code)
                .addKeyValue("message", message)
                .log("stats_refused");
    }

    static void disconnected(String address, Throwable cause) {
        LOG.atWarn()
                .addKeyValue("address", address)
                .addKeyValue("cause", cause.toString())
                .log("stats_disconnected");
    }

    static void spoolFailed(Throwable cause) {
        LOG.atError().addKeyValue("cause", cause.toString()).log("stats_spool_failed");
    }

    static void reportFailed(Throwable cause) {
        LOG.atWarn().setCause(cause).log("stats_report_failed");
    }

    static void dropped(long events) {
        LOG.atWarn().addKeyValue("events", events).log("stats_events_dropped");
    }

    static void undelivered(long bytes) {
        LOG.atWarn().addKeyValue("spool_bytes", bytes).log("stats_undelivered_at_stop");
    }
}
