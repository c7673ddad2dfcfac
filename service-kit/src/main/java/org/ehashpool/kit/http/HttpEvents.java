package org.ehashpool.kit.http;

import org.ehashpool.kit.config.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the HTTP server tells the operator. */
final class HttpEvents {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEvents.class);

    private HttpEvents() {}

    static void listening(HostPort address) {
        LOG.atInfo().addKeyValue("address", address).log("http_listening");
    }

    static void handlerFailed(String method, String path, Throwable cause) {
        LOG.atError()
                .addKeyValue("method", method)
                .addKeyValue("path", path)
                .setCause(cause)
                .log("http_handler_failed");
    }

    static void connectionRefused(String peer) {
        LOG.atDebug().addKeyValue("peer", peer).log("http_connection_refused");
    }

    static void connectionLate(String peer) {
        LOG.atDebug().addKeyValue("peer", peer).log("http_connection_late");
    }

    /** A reset, or bytes that are no HTTP: the other side's doing, so no stack. */
    static void connectionFailed(String peer, Throwable cause) {
        LOG.atDebug()
                .addKeyValue("peer", peer)
                .addKeyValue("cause", String.valueOf(cause))
                .log("http_connection_failed");
    }

    static void checkFailed(String check, Throwable cause) {
        LOG.atWarn().addKeyValue("check", check).setCause(cause).log("health_check_failed");
    }
}
