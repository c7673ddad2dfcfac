package org.ehashpool.poolstats.earnings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lookups tell the operator; never what was asked. */
final class EarningsEvents {
    private static final Logger LOG = LoggerFactory.getLogger(EarningsEvents.class);

    private EarningsEvents() {}

    /** A mint did not answer, or not as it should. */
    static void mintFailed(String mint, String code, String cause) {
        LOG.atWarn()
                .addKeyValue("mint", mint)
                .addKeyValue("code", code)
                .addKeyValue("cause", cause)
                .log("lookup_failed");
    }
}
