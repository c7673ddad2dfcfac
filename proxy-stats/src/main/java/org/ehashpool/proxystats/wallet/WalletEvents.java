package org.ehashpool.proxystats.wallet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the relay tells the operator; never a token. */
final class WalletEvents {
    private static final Logger LOG = LoggerFactory.getLogger(WalletEvents.class);

    private WalletEvents() {}

    /** The translator did not answer, or not as it should. */
    static void failed(String call, String code, String cause) {
        LOG.atWarn()
                .addKeyValue("call", call)
                .addKeyValue("code", code)
                .addKeyValue("cause", cause)
                .log("translator_failed");
    }

    /** The wallet did something. */
    static void done(String what, String operation, String amount, String unit) {
        LOG.atInfo()
                .addKeyValue("what", what)
                .addKeyValue("operation", operation)
                .addKeyValue("amount", amount)
                .addKeyValue("unit", unit)
                .log("wallet_acted");
    }
}
