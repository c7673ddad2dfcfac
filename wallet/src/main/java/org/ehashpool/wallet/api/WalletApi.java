package org.ehashpool.wallet.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.postgres.DatabaseBusyException;
import org.ehashpool.wallet.Wallet;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.operation.OperationException;
import org.ehashpool.wallet.operation.Transfers;
import org.ehashpool.wallet.store.Operation;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/wallet}, {@code wallet/history}, {@code POST wallet/send}, {@code wallet/send/{id}/reclaim} and
 * {@code wallet/receive}: all of them only with the token, and away from the event loops.
 */
public final class WalletApi {

    private static final int MOST_CALLS = 32;
    private static final int PAGE = 50;
    private static final int LONGEST_TEXT = 512;
    private static final int LONGEST_TOKEN = 1 << 20;

    private final Supplier<Optional<Wallet>> wallet;
    private final boolean sealed;
    private final Semaphore calls = new Semaphore(MOST_CALLS);

    /**
     * About a wallet.
     *
     * @param wallet empty while it is not open
     * @param sealed whether its seed is under a passphrase
     */
    public WalletApi(Supplier<Optional<Wallet>> wallet, boolean sealed) {
        this.wallet = wallet;
        this.sealed = sealed;
    }

    /** Adds the routes. */
    public void mount(Router router, Handler<RoutingContext> guard) {
        router.get("/api/v1/wallet")
                .handler(guard)
                .handler(request -> answer(request, open -> WalletJson.wallet(open, sealed)));
        router.get("/api/v1/wallet/history").handler(guard).handler(this::history);
        router.post("/api/v1/wallet/send").handler(guard).handler(this::send);
        router.post("/api/v1/wallet/send/:id/reclaim").handler(guard).handler(request -> {
            UUID id = id(request.pathParam("id"));
            answer(request, open -> WalletJson.operation(open.reclaim(id)));
        });
        router.post("/api/v1/wallet/receive").handler(guard).handler(request -> {
            String token = text(body(request), "token", LONGEST_TOKEN)
                    .orElseThrow(() -> invalid("token is a text that begins with cashuA or cashuB."));
            answer(request, open -> WalletJson.operation(open.receive(token)));
        });
    }

    private void history(RoutingContext request) {
        Optional<UUID> after =
                Optional.ofNullable(request.queryParams().get("after")).map(WalletApi::id);
        answer(request, open -> {
            List<Operation> page = open.history(after, PAGE);
            JsonArray operations = new JsonArray();
            page.forEach(operation -> operations.add(WalletJson.operation(operation)));
            return new JsonObject()
                    .put("notice", WalletJson.NOTICE)
                    .put("operations", operations)
                    .put("next", page.size() < PAGE ? null : page.getLast().id().toString());
        });
    }

    private void send(RoutingContext request) {
        JsonObject body = body(request);
        Transfers.SendOrder order;
        try {
            order = new Transfers.SendOrder(
                    Amount.parse(text(body, "amount", LONGEST_TEXT).orElse("")),
                    text(body, "unit", LONGEST_TEXT).orElse(WalletOptions.UNIT),
                    text(body, "mint", LONGEST_TEXT).map(MintUrl::new),
                    text(body, "idempotency_key", LONGEST_TEXT));
        } catch (IllegalArgumentException e) {
            throw invalid("amount is a text of decimal digits, mint a URL: " + e.getMessage());
        }
        answer(request, open -> {
            Operation send = open.send(order);
            return WalletJson.operation(send)
                    .put("notice", WalletJson.NOTICE)
                    .put("token", open.token(send.id()).orElse(null));
        });
    }

    private void answer(RoutingContext request, Function<Wallet, JsonObject> work) {
        Wallet open =
                wallet.get().orElseThrow(() -> new ApiFailure(503, "wallet-not-open", "The wallet is not open yet."));
        if (!calls.tryAcquire()) {
            throw new ApiFailure(503, "busy", "The wallet has enough to do; try again.");
        }
        CompletableFuture<JsonObject> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                done.complete(work.apply(open));
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            } finally {
                calls.release();
            }
        });
        Context context = Vertx.currentContext();
        Future<JsonObject> future =
                context == null ? Future.fromCompletionStage(done) : Future.fromCompletionStage(done, context);
        future.onSuccess(request::json).onFailure(failure -> request.fail(translated(failure)));
    }

    private static Throwable translated(Throwable failure) {
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

    private static JsonObject body(RoutingContext request) {
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

    private static Optional<String> text(JsonObject body, String name, int longest) {
        @Nullable Object value = body.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.length() > longest) {
            throw invalid(name + " is a text of at most " + longest + " characters.");
        }
        return Optional.of(text);
    }

    private static UUID id(@Nullable String text) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(404, "not-found", "An id is a UUID.");
        }
    }

    private static ApiFailure invalid(String message) {
        return new ApiFailure(400, "invalid-body", message);
    }
}
