package org.ehashpool.translator.api;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.translator.downstream.Miners;
import org.jspecify.annotations.Nullable;

/** Speaking to a miner, sending it elsewhere, ending it: only with the token. */
public final class OperatorApi {
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_WAIT = 600;

    private final Miners miners;

    /** Acts on these. */
    public OperatorApi(Miners miners) {
        this.miners = miners;
    }

    /**
     * Adds the routes.
     *
     * @param guard lets those pass who have the token
     */
    public void mount(Router router, Handler<RoutingContext> guard) {
        router.post("/api/v1/miners/:id/message").handler(guard).handler(request -> {
            String text = text(body(request), "text");
            if (text.isEmpty()) {
                throw new ApiFailure(400, "invalid-body", "text is what the miner is to show.");
            }
            answer(request, id -> miners.show(id, text));
        });
        router.post("/api/v1/miners/:id/reconnect").handler(guard).handler(request -> {
            JsonObject body = body(request);
            Optional<HostPort> to = address(text(body, "to"));
            int wait = wait(body);
            answer(
                    request,
                    id -> miners.reconnect(
                            id, to.map(HostPort::host), to.map(HostPort::port).orElse(0), wait));
        });
        router.post("/api/v1/miners/:id/disconnect")
                .handler(guard)
                .handler(request -> answer(request, miners::disconnect));
    }

    private interface Action {
        Future<Boolean> on(long id);
    }

    private static void answer(RoutingContext request, Action action) {
        long id = MinersApi.id(request);
        action.on(id).onFailure(request::fail).onSuccess(found -> {
            if (found) {
                var _ = request.json(new JsonObject().put("id", id).put("done", true));
            } else {
                request.fail(new ApiFailure(404, "not-found", "No miner " + id + "."));
            }
        });
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

    private static Optional<HostPort> address(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(HostPort.parse(text));
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(400, "invalid-body", "to: " + e.getMessage());
        }
    }

    private static int wait(JsonObject body) {
        @Nullable Object seconds = body.getValue("wait_seconds");
        if (seconds == null) {
            return 0;
        }
        if (!(seconds instanceof Number number) || number.longValue() < 0 || number.longValue() > LONGEST_WAIT) {
            throw new ApiFailure(400, "invalid-body", "wait_seconds is a number from 0 to " + LONGEST_WAIT + ".");
        }
        return number.intValue();
    }

    private static String text(JsonObject body, String name) {
        @Nullable Object value = body.getValue(name);
        if (value == null) {
            return "";
        }
        if (!(value instanceof String text) || text.length() > LONGEST_TEXT) {
            throw new ApiFailure(400, "invalid-body", name + " is a text of at most " + LONGEST_TEXT + " characters.");
        }
        return text;
    }
}
