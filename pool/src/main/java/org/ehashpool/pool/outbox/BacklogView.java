package org.ehashpool.pool.outbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.ehashpool.pool.outbox.OrderTable.Backlog;
import org.ehashpool.pool.outbox.OrderTable.MintBacklog;
import org.ehashpool.sv2.type.Bytes;

/**
 * What waits, as it was when it was last looked at.
 *
 * @param takenAt when that was, in milliseconds since 1970
 * @param ageMillis since the oldest share that waits was accepted; 0 if none does
 * @param late whether that is longer than it should be
 * @param full whether no more shares are taken
 */
record BacklogView(Backlog backlog, long takenAt, long ageMillis, boolean late, boolean full) {
    static final BacklogView NONE = new BacklogView(Backlog.NONE, 0, 0, false, false);

    /** Amounts are decimal strings; a mint that is null is that of orders which wait for another one. */
    JsonObject json() {
        JsonArray mints = new JsonArray();
        for (MintBacklog mint : backlog.mints()) {
            mints.add(new JsonObject()
                    .put("public_key", mint.mint().map(Bytes::toHex).orElse(null))
                    .put("orders", mint.orders())
                    .put("shares", mint.shares())
                    .put("refused", mint.refused())
                    .put("oldest_age_ms", Math.max(0, takenAt - mint.oldest()))
                    .put("amount", mint.amount().toString()));
        }
        return new JsonObject()
                .put("shares_waiting", backlog.shares())
                .put("unbound_shares", backlog.creditsWaiting())
                .put("oldest_age_ms", ageMillis)
                .put("late", late)
                .put("full", full)
                .put("refused_orders", backlog.refused())
                .put("mints", mints);
    }
}
