package org.ehashpool.kit.service;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.ehashpool.kit.config.ConfigProblem;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.HttpEndpoint;

/** {@code POST /api/v1/reload}: 200 with what was applied, 422 with every problem, 500 when the service refused it. */
final class ReloadApi {
    private ReloadApi() {}

    static void mount(HttpEndpoint http, Supplier<Future<ReloadOutcome>> reload) {
        http.router()
                .post("/api/v1/reload")
                .handler(http.bearerGuard())
                .handler(context -> reload.get()
                        .onSuccess(outcome -> answer(context, outcome))
                        .onFailure(
                                stopping -> context.fail(new ApiFailure(503, "stopping", "The service is stopping."))));
    }

    private static void answer(RoutingContext context, ReloadOutcome outcome) {
        switch (outcome) {
            case ReloadOutcome.Applied applied ->
                json(
                        context,
                        200,
                        new JsonObject()
                                .put("applied", new JsonArray(applied.applied()))
                                .put("need_restart", new JsonArray(applied.needRestart())));
            case ReloadOutcome.Refused refused -> {
                JsonArray problems = new JsonArray();
                refused.problems().stream().map(ConfigProblem::describe).forEach(problems::add);
                json(
                        context,
                        422,
                        new JsonObject()
                                .put(
                                        "error",
                                        new JsonObject()
                                                .put("code", "bad-config")
                                                .put("message", "The running configuration stays.")
                                                .put("problems", problems)));
            }
            case ReloadOutcome.Failed failed -> context.fail(500, failed.cause());
        }
    }

    private static void json(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }
}
