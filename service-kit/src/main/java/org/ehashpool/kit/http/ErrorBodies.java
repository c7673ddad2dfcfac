package org.ehashpool.kit.http;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Answers a failed request: the error's code and message as JSON, and nothing of its inside. */
final class ErrorBodies implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext context) {
        int status = context.statusCode();
        @Nullable Throwable failure = context.failure();
        String code = code(status);
        String message = message(status);
        if (failure instanceof ApiFailure refused) {
            status = refused.status();
            code = refused.code();
            message = String.valueOf(refused.getMessage());
        } else if (status >= 500 && failure != null) {
            HttpEvents.handlerFailed(context.request().method().name(), context.normalizedPath(), failure);
        }
        if (context.response().ended() || context.response().headWritten()) {
            // Half an answer is out: only a broken connection can say that the rest does not follow.
            context.request().connection().close();
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("error", new JsonObject().put("code", code).put("message", message))
                        .encode());
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "bad-request";
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 413 -> "body-too-large";
            case 415 -> "unsupported-media-type";
            case 500 -> "internal-error";
            case 503 -> "unavailable";
            default -> "http-" + status;
        };
    }

    private static String message(int status) {
        return switch (status) {
            case 400 -> "The request is malformed.";
            case 401 -> "A bearer token is needed.";
            case 403 -> "This is not allowed.";
            case 404 -> "There is nothing at this path.";
            case 405 -> "The path does not take this method.";
            case 406 -> "There is no answer in an accepted media type.";
            case 413 -> "The body is larger than is accepted.";
            case 415 -> "The media type is not accepted.";
            case 500 -> "The request failed; the service's log says why.";
            case 503 -> "Not now.";
            default -> "The request failed with status " + status + ".";
        };
    }
}
