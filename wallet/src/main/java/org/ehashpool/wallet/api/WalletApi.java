package org.ehashpool.wallet.api;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.wallet.Wallet;
import org.ehashpool.wallet.WalletOptions;
import org.ehashpool.wallet.mint.MintUrl;
import org.ehashpool.wallet.operation.OperationException;
import org.ehashpool.wallet.operation.OperationException.Reason;
import org.ehashpool.wallet.operation.Transfers;
import org.ehashpool.wallet.store.Operation;
import org.ehashpool.wallet.store.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/wallet}, {@code wallet/history}, {@code POST wallet/send}, {@code GET wallet/send/{id}},
 * {@code POST wallet/send/{id}/reclaim} and {@code wallet/receive}: all of them only with the token, and away from the event loops.
 */
public final class WalletApi {

    private static final int MOST_CALLS = 32;
    private static final int PAGE = 50;
    private static final int AUDIT_PAGE = 1_000;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_TEXT = 512;
    private static final int LONGEST_TOKEN = 1 << 20;

    private final Supplier<Optional<Wallet>> wallet;
    private final boolean sealed;
    private final WalletCalls calls = new WalletCalls(MOST_CALLS);

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
        router.get("/api/v1/wallet/audit/keys")
                .handler(guard)
                .handler(request -> answer(
                        request, open -> WalletJson.auditKeys(open.audit().keys())));
        router.get("/api/v1/wallet/audit/claims").handler(guard).handler(this::claims);
        router.post("/api/v1/wallet/send").handler(guard).handler(this::send);
        router.get("/api/v1/wallet/send/:id").handler(guard).handler(this::sent);
        router.post("/api/v1/wallet/send/:id/reclaim").handler(guard).handler(request -> {
            UUID id = id(request.pathParam("id"));
            answer(request, open -> WalletJson.operation(open.reclaim(id)));
        });
        router.post("/api/v1/wallet/receive").handler(guard).handler(request -> {
            String token = WalletCalls.text(WalletCalls.body(request), "token", LONGEST_TOKEN)
                    .orElseThrow(() -> WalletCalls.invalid("token is a text that begins with cashuA or cashuB."));
            answer(request, open -> WalletJson.operation(open.receive(token)));
        });
    }

    private void claims(RoutingContext request) {
        PublicKey mint;
        Optional<String> after;
        Optional<String> only;
        try {
            mint = PublicKey.parse(
                    Optional.ofNullable(request.queryParams().get("mint")).orElse(""));
            after = hash(request, "after");
            only = hash(request, "share_hash");
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(400, "invalid-query", "mint is a public key, after and share_hash are hashes.");
        }
        answer(
                request,
                open -> WalletJson.claims(
                        only.isPresent()
                                ? open.audit().claim(mint, only.get()).stream().toList()
                                : open.audit().claims(mint, after, AUDIT_PAGE)));
    }

    private static Optional<String> hash(RoutingContext request, String name) {
        Optional<String> text = Optional.ofNullable(request.queryParams().get(name));
        if (text.isPresent() && !HASH.matcher(text.get()).matches()) {
            throw new IllegalArgumentException(name);
        }
        return text;
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
        JsonObject body = WalletCalls.body(request);
        Transfers.SendOrder order;
        try {
            order = new Transfers.SendOrder(
                    Amount.parse(WalletCalls.text(body, "amount", LONGEST_TEXT).orElse("")),
                    WalletCalls.text(body, "unit", LONGEST_TEXT).orElse(WalletOptions.UNIT),
                    WalletCalls.text(body, "mint", LONGEST_TEXT).map(MintUrl::new),
                    WalletCalls.text(body, "idempotency_key", LONGEST_TEXT));
        } catch (IllegalArgumentException e) {
            throw WalletCalls.invalid("amount is a text of decimal digits, mint a URL: " + e.getMessage());
        }
        answer(request, open -> sent(open, open.send(order)));
    }

    private void sent(RoutingContext request) {
        UUID id = id(request.pathParam("id"));
        answer(
                request,
                open -> sent(
                        open,
                        open.operation(id)
                                .filter(operation -> operation.kind().isSend())
                                .orElseThrow(() -> new OperationException(Reason.UNKNOWN, "there is no such send"))));
    }

    private static JsonObject sent(Wallet open, Operation send) {
        return WalletJson.operation(send)
                .put("notice", WalletJson.NOTICE)
                .put(
                        "token",
                        send.state() == OperationState.DONE
                                ? open.token(send.id()).orElse(null)
                                : null);
    }

    private void answer(RoutingContext request, Function<Wallet, JsonObject> work) {
        Wallet open =
                wallet.get().orElseThrow(() -> new ApiFailure(503, "wallet-not-open", "The wallet is not open yet."));
        calls.answer(request, () -> work.apply(open), WalletCalls::translated);
    }

    private static UUID id(@Nullable String text) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(404, "not-found", "An id is a UUID.");
        }
    }
}
