package org.ehashpool.pool.outbox;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.pool.mintlink.MintPort;
import org.ehashpool.sv2.type.Bytes;
import org.jspecify.annotations.Nullable;

/** What is shown of mints and of the outbox; and, only with the token, what an operator does to orders. */
public final class OutboxApi {
    private static final int LONGEST_REASON = 200;
    private static final int SHOWN_INTERVENTIONS = 100;
    private static final int KEY_LENGTH = 32;

    private final Vertx vertx;
    private final Outbox outbox;
    private final MintPort port;
    private final Supplier<Database> database;

    /** Shows these. */
    public OutboxApi(Vertx vertx, Outbox outbox, MintPort port, Supplier<Database> database) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.port = port;
        this.database = database;
    }

    /**
     * Adds the routes.
     *
     * @param guard lets those pass who have the token
     */
    public void mount(Router router, Handler<RoutingContext> guard) {
        router.get("/api/v1/mints").handler(request -> {
            var _ = request.json(new JsonObject().put("mints", port.describe()));
        });
        router.get("/api/v1/outbox").handler(request -> {
            var _ = request.json(outbox.state());
        });
        router.get("/api/v1/outbox/interventions").handler(guard).handler(this::interventions);
        router.post("/api/v1/outbox/reassign").handler(guard).handler(this::reassign);
        router.post("/api/v1/outbox/resend").handler(guard).handler(this::resend);
    }

    private void interventions(RoutingContext request) {
        vertx.executeBlocking(() -> new Interventions(database.get()).latest(SHOWN_INTERVENTIONS), false)
                .onFailure(request::fail)
                .onSuccess(latest -> {
                    JsonArray items = new JsonArray();
                    latest.stream().map(OutboxApi::json).forEach(items::add);
                    var _ = request.json(new JsonObject().put("interventions", items));
                });
    }

    private static JsonObject json(Interventions.Past past) {
        return json(past.done())
                .put("at", past.at().toEpochMilli())
                .put("kind", past.kind())
                .put("mint", past.mint())
                .put("since", past.since().map(Instant::toEpochMilli).orElse(null))
                .put("reason", past.reason());
    }

    private static JsonObject json(Interventions.Done done) {
        return new JsonObject()
                .put("id", done.id())
                .put("orders", done.orders())
                .put("amount", done.amount().toString());
    }

    /** A mint that may still make quotes keeps its orders: two mints would make one each. */
    private void reassign(RoutingContext request) {
        JsonObject body = body(request);
        Bytes mint = mint(body);
        String reason = reason(body);
        if (port.mints().stream().anyMatch(pinned -> pinned.key().equals(mint))) {
            throw new ApiFailure(
                    409,
                    "mint-is-pinned",
                    "The pool still knows this mint: take it out of [[mints]] of every pool node first.");
        }
        done(request, "reassigned", mint, reason, () -> new Interventions(database.get()).reassign(mint, reason));
    }

    private void resend(RoutingContext request) {
        JsonObject body = body(request);
        Bytes mint = mint(body);
        String reason = reason(body);
        Instant since = since(body);
        done(request, "resent", mint, reason, () -> new Interventions(database.get()).resend(mint, since, reason));
    }

    private void done(
            RoutingContext request, String kind, Bytes mint, String reason, Supplier<Interventions.Done> intervention) {
        vertx.executeBlocking(intervention::get, false).onFailure(request::fail).onSuccess(done -> {
            OutboxEvents.intervened(kind, mint.toHex(), done.orders(), reason);
            outbox.wake();
            var _ = request.json(json(done));
        });
    }

    private static JsonObject body(RoutingContext request) {
        try {
            @Nullable JsonObject body = request.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (DecodeException | ClassCastException e) {
            throw new ApiFailure(400, "invalid-body", "The body is no JSON object.");
        }
        throw new ApiFailure(400, "invalid-body", "The body is to be a JSON object.");
    }

    private static Optional<String> text(JsonObject body, String field) {
        return body.getValue(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The key as the mint prints it, or its x alone. */
    private static Bytes mint(JsonObject body) {
        String hex = text(body, "mint").orElse("");
        try {
            Bytes key = Bytes.of(HexFormat.of().parseHex(hex));
            if (key.length() == KEY_LENGTH) {
                return key;
            }
            if (key.length() == KEY_LENGTH + 1) {
                return key.slice(1, KEY_LENGTH);
            }
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(400, "invalid-mint", "mint: a public key in hexadecimal.");
        }
        throw new ApiFailure(400, "invalid-mint", "mint: a public key of 66 hexadecimal digits.");
    }

    private static String reason(JsonObject body) {
        return text(body, "reason")
                .filter(reason -> !reason.isBlank() && reason.length() <= LONGEST_REASON)
                .orElseThrow(() -> new ApiFailure(
                        400, "invalid-reason", "reason: a text of at most " + LONGEST_REASON + " characters."));
    }

    private static Instant since(JsonObject body) {
        try {
            return Instant.parse(text(body, "since").orElse(""));
        } catch (DateTimeException e) {
            throw new ApiFailure(400, "invalid-since", "since: a time as 2030-01-01T00:00:00Z.");
        }
    }
}
