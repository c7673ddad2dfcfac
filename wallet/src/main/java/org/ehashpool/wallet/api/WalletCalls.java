package org.ehashpool.wallet.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.postgres.DatabaseBusyException;
import org.ehashpool.wallet.operation.OperationException;
import org.jspecify.annotations.Nullable;

/** Calls of a wallet that are under way, on threads of their own and not too many of them; and how bodies are read. */
final class WalletCalls {

    private final Semaphore calls;

    WalletCalls(int most) {
        calls = new Semaphore(most);
    }

    void answer(RoutingContext request, Supplier<JsonObject> work, UnaryOperator<Throwable> refusal) {
        if (!calls.tryAcquire()) {
            throw new ApiFailure(503, "busy", "The wallet has enough to do; try again.");
        }
        CompletableFuture<JsonObject> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                done.complete(work.get());
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            } finally {
                calls.release();
            }
        });
        Context context = Vertx.currentContext();
        Future<JsonObject> future =
                context == null ? Future.fromCompletionStage(done) : Future.fromCompletionStage(done, context);
        future.onSuccess(request::json).onFailure(failure -> request.fail(refusal.apply(failure)));
    }

    /** A failure of the wallet as an answer. */
    static Throwable translated(Throwable failure) {
        return switch (failure) {
            case OperationException refused ->
                new ApiFailure(
                        status(refused.reason()),
                        refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        refused.problem());
            case DatabaseBusyException busy ->
                new ApiFailure(503, "busy", "The wallet's database has enough to do; try again.");
            case Throwable other -> other;
        };
    }

    private static int status(OperationException.Reason reason) {
        return switch (reason) {
            case INVALID, MINT_NOT_TRUSTED -> 400;
            case UNKNOWN -> 404;
            case INSUFFICIENT, CONFLICT, SPENT -> 409;
            case REFUSED -> 502;
            case PENDING, MINT_UNAVAILABLE -> 503;
        };
    }

    /**
     * The request's body.
     *
     * @throws ApiFailure 400 if it is no JSON object
     */
    static JsonObject body(RoutingContext request) {
        try {
            @Nullable JsonObject body = request.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (DecodeException | ClassCastException e) {
            throw invalid("The body is no JSON object.");
        }
        throw invalid("The body is no JSON object.");
    }

    /**
     * A member.
     *
     * @throws ApiFailure 400 if it is no text, or too long
     */
    static Optional<String> text(JsonObject body, String name, int longest) {
        @Nullable Object value = body.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.length() > longest) {
            throw invalid(name + " is a text of at most " + longest + " characters.");
        }
        return Optional.of(text);
    }

    static ApiFailure invalid(String message) {
        return new ApiFailure(400, "invalid-body", message);
    }
}
