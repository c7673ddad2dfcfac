package org.ehashpool.pool.audit;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/** What auditors are told, with the token only. Amounts are decimal strings. */
public final class AuditApi {
    private static final Pattern SHARE_HASH = Pattern.compile("[0-9a-f]{64}");

    private final Vertx vertx;
    private final Audit audit;

    /** Reads that database. */
    public AuditApi(Vertx vertx, Supplier<Database> database) {
        this.vertx = vertx;
        audit = new Audit(database);
    }

    /**
     * Adds the routes.
     *
     * @param guard lets those pass who have the token
     */
    public void mount(Router router, Handler<RoutingContext> guard) {
        router.get("/api/v1/audit/orders").handler(guard).handler(this::orders);
        router.get("/api/v1/audit/ledger").handler(guard).handler(this::ledger);
    }

    private void orders(RoutingContext request) {
        Optional<String> after = Optional.ofNullable(request.request().getParam("after"));
        if (after.isPresent() && !SHARE_HASH.matcher(after.get()).matches()) {
            throw new ApiFailure(400, "invalid-parameter", "after is a share hash: 64 lower-case hex digits");
        }
        answer(request, () -> json(audit.orders(after.map(U256::fromHex))));
    }

    private void ledger(RoutingContext request) {
        answer(request, () -> json(audit.ledger()));
    }

    private void answer(RoutingContext request, Callable<JsonObject> question) {
        vertx.executeBlocking(question, false).onFailure(request::fail).onSuccess(answer -> {
            var _ = request.json(answer);
        });
    }

    private static JsonObject json(List<AuditedOrder> page) {
        JsonArray orders = new JsonArray();
        for (AuditedOrder order : page) {
            orders.add(new JsonObject()
                    .put("share_hash", order.shareHash().toHex())
                    .put("mint", order.mint().map(Bytes::toHex).orElse(null))
                    .put("state", order.state())
                    .put("quote", order.quote().orElse(null))
                    .put("share_count", order.shareCount())
                    .put("amount", order.amount())
                    .put("unit", order.unit())
                    .put("locking_key", order.lockingKey().toHex())
                    .put("bound_at", order.boundAt().toEpochMilli()));
        }
        return new JsonObject().put("orders", orders);
    }

    private static JsonObject json(AuditedLedger ledger) {
        JsonArray units = new JsonArray();
        for (AuditedLedger.Unit unit : ledger.units()) {
            units.add(new JsonObject()
                    .put("unit", unit.unit())
                    .put("shares", unit.shares())
                    .put("credited", unit.credited().toString())
                    .put("unordered", unit.unordered().toString())
                    .put("bound", unit.bound().toString())
                    .put("quoted", unit.quoted().toString()));
        }
        return new JsonObject()
                .put("at", ledger.at().toEpochMilli())
                .put("units", units)
                .put("keyless", ledger.keyless())
                .put("orders_off", ledger.ordersOff())
                .put("orders_without_mint", ledger.ordersWithoutMint())
                .put("reassigned", ledger.reassigned())
                .put("sums_off", ledger.sumsOff());
    }
}
