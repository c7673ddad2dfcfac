package org.ehashpool.pool.api;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.pool.ledger.LedgerFigures;
import org.ehashpool.pool.ledger.LedgerFigures.Credited;
import org.ehashpool.pool.node.NodeLeases;
import org.ehashpool.pool.pay.PayTerms;
import org.ehashpool.sv2.type.Bytes;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/ledger}, and with the token {@code /api/v1/keys/{key}}. */
public final class LedgerApi {
    private final LedgerFigures figures;
    private final NodeLeases leases;
    private final Supplier<PayTerms> terms;

    /** What the answers are about. */
    public LedgerApi(LedgerFigures figures, NodeLeases leases, Supplier<PayTerms> terms) {
        this.figures = figures;
        this.leases = leases;
        this.terms = terms;
    }

    /**
     * Adds the routes.
     *
     * @param guard lets pass who has the token
     */
    public void mount(Router router, Handler<RoutingContext> guard) {
        router.get("/api/v1/ledger")
                .handler(request -> figures.totals()
                        .map(this::ledger)
                        .onSuccess(request::json)
                        .onFailure(request::fail));
        router.get("/api/v1/keys/:key").handler(guard).handler(request -> {
            Bytes key = key(request);
            figures.of(key)
                    .map(credited -> key(key, credited))
                    .onSuccess(request::json)
                    .onFailure(request::fail);
        });
    }

    private static Bytes key(RoutingContext request) {
        @Nullable String text = request.pathParam("key");
        if (text == null || !text.matches("0[23][0-9a-fA-F]{64}")) {
            throw new ApiFailure(404, "not-found", "A key is 66 hexadecimal digits.");
        }
        return Bytes.fromHex(text);
    }

    private JsonObject ledger(LedgerFigures.Totals totals) {
        PayTerms present = terms.get();
        return new JsonObject()
                .put("node", leases.lease().node())
                .put("boot", leases.lease().boot())
                .put("accepting", leases.isHeld())
                .put("unit", PayTerms.UNIT)
                .put("policy", present.policy().name())
                .put("per_unit", present.policy().perUnit().toString())
                .put("fee_per_million", present.feePerMillion())
                .put("credited", credited(totals.credited()))
                .put(
                        "keyless",
                        new JsonObject()
                                .put("shares", totals.keylessShares().toString())
                                .put("work", totals.keylessWork().toString()));
    }

    private static JsonObject key(Bytes key, List<Credited> credited) {
        return new JsonObject()
                .put("locking_key", key.toHex())
                .put("unit", PayTerms.UNIT)
                .put("credited", credited(credited));
    }

    private static JsonArray credited(List<Credited> credited) {
        JsonArray all = new JsonArray();
        for (Credited one : credited) {
            var last = one.lastCreditedAt();
            all.add(new JsonObject()
                    .put("policy", one.policy())
                    .put("keys", one.keys())
                    .put("shares", one.shares())
                    .put("amount", one.amount().toString())
                    .put("carry_millionths", one.carry().toString())
                    .put("last_credited_at", last == null ? null : last.toEpochMilli()));
        }
        return all;
    }
}
