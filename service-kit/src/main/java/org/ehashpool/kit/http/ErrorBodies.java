package org.ehashpool.kit.http;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Answers a failed request: the error's code and message as JSON, and nothing of its inside. */
final class ErrorBodies implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext context) {
        if (context.response().closed()) {
            // Nobody is left to answer, and whoever left needs no line in the log.
            return;
        }
        int status = status(context);
        @Nullable Throwable failure = context.failure();
        String code = code(status);
        String message = message(status);
        if (failure instanceof ApiFailure refused) {
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
        answer(context.response(), status, code, message);
        if (!context.request().isEnded() && context.request().connection() instanceof HttpServerConnection broken) {
            // A body that cannot be decoded closes the connection next: the answer must be out before.
            broken.channelHandlerContext().flush();
        }
    }

    /** Answers what is no HTTP request, and closes: where the next one would begin is unknown. */
    static void invalid(HttpServerRequest request) {
        @Nullable DecoderResult result = request.decoderResult();
        @Nullable Throwable cause = result == null ? null : result.cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        HttpServerResponse response = request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answer(response, status, code(status), message(status))
                .onComplete(sent -> request.connection().close());
    }

    private static Future<Void> answer(HttpServerResponse response, int status, String code, String message) {
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject()
                        .put("error", new JsonObject().put("code", code).put("message", message))
                        .encode());
    }

    /** A failure that brings no status is the client's when the request never arrived in full, else the service's. */
    private static int status(RoutingContext context) {
        if (context.failure() instanceof ApiFailure refused) {
            return refused.status();
        }
        if (context.statusCode() >= 400 && context.statusCode() < 600) {
            return context.statusCode();
        }
        // The body's reader fails with a status of success, whatever it stumbled over.
        boolean unreadable = context.statusCode() > 0
                || context.failure() instanceof DecoderException
                || context.failure() instanceof IOException;
        return unreadable && !context.request().isEnded() ? 400 : 500;
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
            case 414 -> "target-too-long";
            case 415 -> "unsupported-media-type";
            case 431 -> "headers-too-large";
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
            case 414 -> "The request's target is longer than is accepted.";
            case 415 -> "The media type is not accepted.";
            case 431 -> "The headers are larger than is accepted.";
            case 500 -> "The request failed; the service's log says why.";
            case 503 -> "Not now.";
            default -> "The request failed with status " + status + ".";
        };
    }
}
