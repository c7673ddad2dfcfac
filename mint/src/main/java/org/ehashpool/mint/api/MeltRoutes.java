package org.ehashpool.mint.api;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.MeltMessages;
import org.ehashpool.cashu.json.MeltMessages.MeltAnswer;
import org.ehashpool.cashu.json.MeltMessages.MeltQuoteRequest;
import org.ehashpool.mint.api.text.Texts;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.payment.MeltRequest;
import org.ehashpool.mint.payment.Payments;
import org.ehashpool.mint.quote.QuoteIds;
import org.ehashpool.mint.store.StoredMelt;
import org.jspecify.annotations.Nullable;

/**
 * Melting: in the test profile invoices; otherwise disabled, for there is nothing that ehash could be paid out in.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/05.md">NUT-05</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/23.md">NUT-23</a>
 */
final class MeltRoutes {

    private static final String METHOD = "bolt11";

    private final Supplier<Mint> mint;
    private final Calls calls;

    MeltRoutes(Supplier<Mint> mint, Calls calls) {
        this.mint = mint;
        this.calls = calls;
    }

    void mount(Router router) {
        router.post("/v1/melt/quote/" + METHOD)
                .handler(calls.<MeltQuoteRequest, MeltAnswer>post(
                        MeltQuoteRequest::read, request -> 1, (context, request) -> make(request)));
        router.get("/v1/melt/quote/" + METHOD + "/:quote").handler(calls.<MeltAnswer>get(this::quote));
        router.post("/v1/melt/" + METHOD)
                .handler(calls.<MeltMessages.MeltRequest, MeltAnswer>post(
                        MeltMessages.MeltRequest::read,
                        request -> request.inputs().size() + request.outputs().size(),
                        (context, request) -> melt(request)));
        refuseOthers(router, "the payment method is not supported; there is: " + METHOD);
    }

    static void mountDisabled(Router router) {
        refuseOthers(router, "melting is disabled");
    }

    private static void refuseOthers(Router router, String detail) {
        router.post("/v1/melt/quote/:method").handler(context -> refuse(context, detail));
        router.get("/v1/melt/quote/:method/:quote").handler(context -> refuse(context, detail));
        router.post("/v1/melt/:method").handler(context -> refuse(context, detail));
    }

    private static void refuse(RoutingContext context, String detail) {
        Answers.failed(context, ApiException.refused(ErrorCode.REQUEST_INVALID, detail));
    }

    private Future<Outcome<MeltAnswer>> make(MeltQuoteRequest request) {
        if (request.partial()) {
            return Future.succeededFuture(
                    Outcome.refused(ErrorCode.REQUEST_INVALID, "options.mpp: invoices are paid as a whole"));
        }
        if (request.amountless()) {
            return Future.succeededFuture(Outcome.refused(
                    ErrorCode.AMOUNTLESS_INVOICE_UNSUPPORTED, "options.amountless: invoices have an amount"));
        }
        return payments().meltQuote(request.request(), request.unit()).map(MeltRoutes::answer);
    }

    private Future<Outcome<MeltAnswer>> quote(RoutingContext context) {
        @Nullable String text = context.pathParam("quote");
        Optional<UUID> id = text == null ? Optional.empty() : QuoteIds.parse(text);
        if (id.isEmpty()) {
            return Future.succeededFuture(unknown());
        }
        return payments().meltQuotes(List.of(id.get())).map(found -> {
            StoredMelt quote = found.get(id.get());
            return quote == null ? unknown() : Outcome.done(Texts.answer(quote));
        });
    }

    private Future<Outcome<MeltAnswer>> melt(MeltMessages.MeltRequest request) {
        Optional<UUID> id = QuoteIds.parse(request.quote());
        if (id.isEmpty()) {
            return Future.succeededFuture(unknown());
        }
        return payments()
                .melt(new MeltRequest(id.get(), request.inputs(), request.outputs()))
                .map(MeltRoutes::answer);
    }

    private Payments payments() {
        return mint.get().payments().orElseThrow();
    }

    private static Outcome<MeltAnswer> answer(Outcome<StoredMelt> outcome) {
        return outcome.then(quote -> Outcome.done(Texts.answer(quote)));
    }

    private static Outcome<MeltAnswer> unknown() {
        return Outcome.refused(ErrorCode.QUOTE_UNKNOWN, "no such quote");
    }
}
