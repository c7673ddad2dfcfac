package org.ehashpool.mint.api;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.ErrorAnswer;
import org.ehashpool.cashu.json.MalformedJsonException;
import org.ehashpool.kit.postgres.DatabaseBusyException;
import org.ehashpool.mint.events.MintEvents;
import org.ehashpool.mint.outcome.Refusal;
import org.ehashpool.mint.work.MintBusyException;
import org.jspecify.annotations.Nullable;

/**
 * Answers as wallets expect them.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/00.md#errors">NUT-00, Errors</a>
 */
final class Answers implements Handler<RoutingContext> {

    private static final String JSON = "application/json";

    /** A request that failed in the router, or by an exception of a handler. */
    @Override
    public void handle(RoutingContext context) {
        @Nullable Throwable failure = context.failure();
        if (failure != null) {
            failed(context, failure);
            return;
        }
        switch (context.statusCode()) {
            case 404 -> error(context, 404, ErrorCode.REQUEST_INVALID, "there is nothing at this path");
            case 405 -> error(context, 405, ErrorCode.REQUEST_INVALID, "the path does not take this method");
            default -> error(context, context.statusCode(), ErrorCode.REQUEST_INVALID, "the request is malformed");
        }
    }

    static void ok(RoutingContext context, String json) {
        if (isOpen(context)) {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(json);
        }
    }

    static void refused(RoutingContext context, Refusal refusal) {
        error(context, 400, refusal.code(), refusal.detail());
    }

    /** Answers with what went wrong; what a client cannot help, it is told nothing of. */
    static void failed(RoutingContext context, Throwable failure) {
        switch (failure) {
            case ApiException refused ->
                error(context, refused.status(), refused.code(), String.valueOf(refused.getMessage()));
            case MalformedJsonException malformed -> error(context, 400, malformed.code(), malformed.problem());
            case MintBusyException busy -> busy(context);
            case DatabaseBusyException busy -> busy(context);
            default -> {
                if (isOpen(context)) {
                    MintEvents.requestFailed(context.request().method().name(), context.normalizedPath(), failure);
                    error(
                            context,
                            500,
                            ErrorCode.REQUEST_INVALID,
                            "the mint could not answer; the same request may be sent again");
                }
            }
        }
    }

    private static void busy(RoutingContext context) {
        error(context, 503, ErrorCode.REQUEST_INVALID, "too much to do; the same request may be sent again later");
    }

    private static void error(RoutingContext context, int status, ErrorCode code, String detail) {
        if (!isOpen(context)) {
            return;
        }
        HttpServerResponse response = context.response();
        if (status == 429 || status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            body(response, status, code, detail);
            return;
        }
        // The rest of the body will not be read.
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        body(response, status, code, detail)
                .onComplete(sent -> request.connection().close());
    }

    /** Answers what is no HTTP request, and closes: where the next one would begin is unknown. */
    static void invalid(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        body(response, 400, ErrorCode.REQUEST_INVALID, "the request is malformed")
                .onComplete(sent -> request.connection().close());
    }

    private static Future<Void> body(HttpServerResponse response, int status, ErrorCode code, String detail) {
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(ErrorAnswer.of(code, detail).encode());
    }

    /** Nobody is answered twice, and nobody who has left. */
    private static boolean isOpen(RoutingContext context) {
        return !context.response().ended() && !context.response().closed();
    }
}
