package org.ehashpool.pool.outbox;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outbox's log. */
final class OutboxEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.ehashpool.pool.outbox");
    private static final int HASHES = 5;

    private OutboxEvents() {}

    /** The database did not do it; it is tried again. */
    static void failed(String what, Throwable cause) {
        LOG.atWarn()
                .addKeyValue("step", what)
                .addKeyValue("cause", cause.toString())
                .log("outbox_step_failed");
    }

    /** A mint refuses for good what it must not refuse: the shares stay payable. */
    static void refused(String mint, String code, int orders, List<String> hashes) {
        LOG.atError()
                .addKeyValue("mint", mint)
                .addKeyValue("code", code)
                .addKeyValue("orders", orders)
                .addKeyValue("share_hashes", hashes.subList(0, Math.min(HASHES, hashes.size())))
                .log("quote_refused");
    }

    /** A mint makes no quotes for now. */
    static void delayed(String mint, String code) {
        LOG.atWarn().addKeyValue("mint", mint).addKeyValue("code", code).log("mint_makes_no_quotes");
    }

    /** It makes quotes again. */
    static void resumed(String mint) {
        LOG.atInfo().addKeyValue("mint", mint).log("mint_makes_quotes_again");
    }

    /** Some credit waits longer than it should. */
    static void late(long shares, Duration oldest) {
        LOG.atError()
                .addKeyValue("shares", shares)
                .addKeyValue("oldest_s", oldest.toSeconds())
                .log("quotes_late");
    }

    static void lateNoMore() {
        LOG.atInfo().log("quotes_late_no_more");
    }

    /** So many shares wait for a quote that no more are taken. */
    static void full(long shares, long limit) {
        LOG.atError().addKeyValue("shares", shares).addKeyValue("limit", limit).log("outbox_full");
    }

    static void fullNoMore(long shares) {
        LOG.atInfo().addKeyValue("shares", shares).log("outbox_full_no_more");
    }

    static void unmarked(int quoted, int marked) {
        LOG.atWarn()
                .addKeyValue("quoted", quoted)
                .addKeyValue("marked", marked)
                .log("quotes_of_orders_that_are_no_longer_the_mints");
    }

    static void intervened(String kind, String mint, long orders, String reason) {
        LOG.atWarn()
                .addKeyValue("kind", kind)
                .addKeyValue("mint", mint)
                .addKeyValue("orders", orders)
                .addKeyValue("reason", reason)
                .log("orders_changed_by_operator");
    }

    static void drained(boolean answered) {
        LOG.atInfo().addKeyValue("all_answered", answered).log("outbox_drained");
    }
}
