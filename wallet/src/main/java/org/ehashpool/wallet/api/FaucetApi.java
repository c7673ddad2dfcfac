package org.ehashpool.wallet.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.http.RequestRates;
import org.ehashpool.kit.sv2.admission.AddressGroup;
import org.ehashpool.wallet.event.WalletEvents;
import org.ehashpool.wallet.faucet.Faucet;
import org.ehashpool.wallet.faucet.FaucetLimitException;
import org.ehashpool.wallet.faucet.FaucetLimits;
import org.ehashpool.wallet.operation.OperationException;
import org.ehashpool.wallet.operation.OperationException.Reason;

/**
 * {@code GET /api/v1/faucet}, what is given, and {@code POST}, which gives: for anybody, without a token. Limits are by
 * the address of whoever asks.
 */
public final class FaucetApi {

    /** Where both are. */
    public static final String PATH = "/api/v1/faucet";

    private static final int REQUESTS_PER_SECOND = 1;
    private static final int BURST = 10;
    private static final int MOST_CALLS = 4;
    private static final int LONGEST_TEXT = 128;

    private final Supplier<Optional<Faucet>> faucet;
    private final FaucetLimits limits;
    private final ClientAddresses addresses;
    private final RequestRates rates;
    private final WalletCalls calls = new WalletCalls(MOST_CALLS);

    /**
     * About a faucet.
     *
     * @param faucet empty while its wallet is not open
     * @param addresses who asks
     * @param nanoTime the monotonic clock
     */
    public FaucetApi(
            Supplier<Optional<Faucet>> faucet, FaucetLimits limits, ClientAddresses addresses, LongSupplier nanoTime) {
        this.faucet = faucet;
        this.limits = limits;
        this.addresses = addresses;
        this.rates = new RequestRates(REQUESTS_PER_SECOND, BURST, nanoTime);
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.get(PATH)
                .handler(request -> request.json(new JsonObject()
                        .put("notice", WalletJson.NOTICE)
                        .put("unit", limits.unit())
                        .put("per_request", limits.perRequest().toString())
                        .put("per_address", limits.perAddress().toString())
                        .put("per_day", limits.perDay().toString())));
        router.post(PATH).handler(this::give);
    }

    private void give(RoutingContext request) {
        AddressGroup address = addresses.of(request.request());
        if (!rates.take(address, 1)) {
            throw tooMany(request, "Too many requests from this address.", Duration.ofSeconds(BURST));
        }
        Faucet open =
                faucet.get().orElseThrow(() -> new ApiFailure(503, "wallet-not-open", "The wallet is not open yet."));
        JsonObject body = WalletCalls.body(request);
        Amount amount;
        try {
            amount = Amount.parse(WalletCalls.text(body, "amount", LONGEST_TEXT).orElse(""));
        } catch (IllegalArgumentException e) {
            throw WalletCalls.invalid("amount is a text of decimal digits: " + e.getMessage());
        }
        String key = WalletCalls.text(body, "idempotency_key", LONGEST_TEXT)
                .orElseThrow(() -> WalletCalls.invalid(
                        "idempotency_key is a text of your choice: the same again is the same gift."));
        calls.answer(request, () -> give(open, address, amount, key), failure -> refused(request, failure));
    }

    private static JsonObject give(Faucet open, AddressGroup address, Amount amount, String key) {
        Faucet.Given given = open.give(text(address), amount, key);
        WalletEvents.given(given.send());
        return WalletJson.operation(given.send())
                .put("notice", WalletJson.NOTICE)
                .put("token", given.token().orElse(null));
    }

    private static Throwable refused(RoutingContext request, Throwable failure) {
        return switch (failure) {
            case FaucetLimitException limit -> tooMany(request, limit.problem(), limit.retryAfter());
            case OperationException empty
            when empty.reason() == Reason.INSUFFICIENT -> new ApiFailure(503, "faucet-empty", empty.problem());
            case Throwable other -> WalletCalls.translated(other);
        };
    }

    /** RFC 6585 §4: 429, and when to come back. */
    private static ApiFailure tooMany(RoutingContext request, String words, Duration wait) {
        request.response()
                .putHeader(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(wait.plusMillis(999).toSeconds()));
        return new ApiFailure(429, "too-many-requests", words);
    }

    private static String text(AddressGroup address) {
        return (address.ipv6() ? "6:" : "4:") + Long.toHexString(address.prefix());
    }
}
