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
}
