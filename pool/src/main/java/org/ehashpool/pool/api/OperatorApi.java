package org.ehashpool.pool.api;

import io.vertx.core.Handler;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.pool.ban.Ban;
import org.ehashpool.pool.ban.BanList;
import org.ehashpool.pool.connection.MiningLoops;
import org.ehashpool.pool.events.PoolEvents;
import org.ehashpool.sv2.type.Text;
import org.jspecify.annotations.Nullable;

/** Disconnecting and banning: only with the token. */
public final class OperatorApi {
    private static final int LONGEST_REASON = 200;
    private static final int LONGEST_USER = 255;
    private static final long DAY_SECONDS = 86_400;
    private static final long LONGEST_SECONDS = 3_650 * DAY_SECONDS;

    private final MiningLoops miners;
    private final BanList bans;

    /** Acts on these. */
    public OperatorApi(MiningLoops miners, BanList bans) {
        this.miners = miners;
        this.bans = bans;
    }

    /**
     * Adds the routes.
     *
     * @param guard lets those pass who have the token
     */
    public void mount(Router router, Handler<RoutingContext> guard) {
        router.post("/api/v1/connections/:id/disconnect").handler(guard).handler(this::disconnect);
        router.get("/api/v1/bans").handler(guard).handler(this::list);
        router.post("/api/v1/bans").handler(guard).handler(this::ban);
        router.delete("/api/v1/bans/:id").handler(guard).handler(this::pardon);
    }

    private void disconnect(RoutingContext request) {
        long id = MinersApi.id(request);
        String reason = reason(body(request));
        miners.disconnect(id, reason).onFailure(request::fail).onSuccess(found -> {
            if (found) {
                PoolEvents.disconnectedByOperator(id, reason);
                var _ = request.json(new JsonObject().put("id", id).put("disconnected", true));
            } else {
                request.fail(new ApiFailure(404, "not-found", "No connection " + id + "."));
            }
        });
    }

    private void list(RoutingContext request) {
        List<Ban> present = bans.inForce();
        JsonArray items = new JsonArray();
        present.stream().map(OperatorApi::json).forEach(items::add);
        var _ = request.json(new JsonObject().put("total", present.size()).put("bans", items));
    }

    private void ban(RoutingContext request) {
        JsonObject body = body(request);
        BanList.Subject subject = subject(body);
        Duration time = Duration.ofSeconds(seconds(body));
        bans.add(subject, time, reason(body))
                .onFailure(request::fail)
                .onSuccess(added -> added.ifPresentOrElse(
                        ban -> {
                            PoolEvents.banned(ban.id(), ban.subject(), ban.reason());
                            miners.enforceBans();
                            request.response().setStatusCode(201);
                            var _ = request.json(json(ban));
                        },
                        () -> request.fail(new ApiFailure(
                                409,
                                "too-many-bans",
                                "There are " + BanList.MOST + " bans, which is the most there can be."))));
    }

    private void pardon(RoutingContext request) {
        long id = MinersApi.id(request);
        bans.remove(id)
                .onFailure(request::fail)
                .onSuccess(removed -> removed.ifPresentOrElse(
                        ban -> {
                            PoolEvents.pardoned(id, ban.subject());
                            var _ = request.json(json(ban));
                        },
                        () -> request.fail(new ApiFailure(404, "not-found", "No ban " + id + "."))));
    }

    private static JsonObject body(RoutingContext request) {
        if (request.body().length() <= 0) {
            return new JsonObject();
        }
        try {
            @Nullable JsonObject body = request.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (DecodeException | ClassCastException e) {
            throw new ApiFailure(400, "invalid-body", "The body is no JSON object.");
        }
        throw new ApiFailure(400, "invalid-body", "The body is no JSON object.");
    }

    private static BanList.Subject subject(JsonObject body) {
        String address = text(body, "address", LONGEST_USER);
        String user = text(body, "user", LONGEST_USER);
        if (address.isEmpty() == user.isEmpty()) {
            throw new ApiFailure(400, "invalid-body", "Give either address or user.");
        }
        if (!user.isEmpty()) {
            return BanList.Subject.of(Text.of(user));
        }
        try {
            return BanList.Subject.of(AddressRange.parse(address));
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(400, "invalid-body", String.valueOf(e.getMessage()));
        }
    }

    private static long seconds(JsonObject body) {
        @Nullable Object seconds = body.getValue("seconds");
        if (seconds == null) {
            return DAY_SECONDS;
        }
        if (!(seconds instanceof Number number) || number.longValue() < 1 || number.longValue() > LONGEST_SECONDS) {
            throw new ApiFailure(400, "invalid-body", "seconds is a number from 1 to " + LONGEST_SECONDS + ".");
        }
        return number.longValue();
    }

    private static String reason(JsonObject body) {
        return Text.of(text(body, "reason", LONGEST_REASON)).printable();
    }

    private static String text(JsonObject body, String name, int longest) {
        @Nullable Object value = body.getValue(name);
        if (value == null) {
            return "";
        }
        if (!(value instanceof String text) || text.length() > longest) {
            throw new ApiFailure(400, "invalid-body", name + " is a text of at most " + longest + " characters.");
        }
        return text;
    }

    private static JsonObject json(Ban ban) {
        return new JsonObject()
                .put("id", ban.id())
                .put("address", ban.addresses().map(AddressRange::toString).orElse(null))
                .put("user", ban.user().map(Text::printable).orElse(null))
                .put("created_at", ban.createdAt().toEpochMilli())
                .put("until", ban.until().toEpochMilli())
                .put("reason", ban.reason());
    }
}
