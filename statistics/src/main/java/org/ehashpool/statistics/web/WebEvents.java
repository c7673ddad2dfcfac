package org.ehashpool.statistics.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the pages tell the operator. */
final class WebEvents {
    private static final Logger LOG = LoggerFactory.getLogger(WebEvents.class);

    private WebEvents() {}

    /** A page could not be shown for a reason of ours. */
    static void pageFailed(String path, String cause) {
        LOG.atWarn().addKeyValue("path", path).addKeyValue("cause", cause).log("page_failed");
    }

    /** Somebody may act with the wallet from now on. */
    static void signedIn(String peer) {
        LOG.atInfo().addKeyValue("peer", peer).log("signed_in");
    }

    /** Somebody gave another token; what he gave is nobody's business. */
    static void signInRefused(String peer) {
        LOG.atWarn().addKeyValue("peer", peer).log("sign_in_refused");
    }
}
