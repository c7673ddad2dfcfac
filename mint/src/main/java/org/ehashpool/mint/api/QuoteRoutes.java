package org.ehashpool.mint.api;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.json.QuoteMessages;
import org.ehashpool.cashu.json.QuoteMessages.BatchCheckRequest;
import org.ehashpool.cashu.json.QuoteMessages.BatchMintRequest;
import org.ehashpool.cashu.json.QuoteMessages.LookupAnswer;
import org.ehashpool.cashu.json.QuoteMessages.MintRequest;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;
import org.ehashpool.cashu.json.QuoteMessages.QuoteRequest;
import org.ehashpool.cashu.json.SwapMessages.SignaturesAnswer;
import org.ehashpool.mint.api.text.Texts;
import org.ehashpool.mint.core.Mint;
import org.ehashpool.mint.issue.IssueRequest;
import org.ehashpool.mint.lookup.LookupRequest;
import org.ehashpool.mint.lookup.QuoteLookup;
import org.ehashpool.mint.outcome.Outcome;
import org.ehashpool.mint.payment.InvoiceRequest;
import org.ehashpool.mint.quote.QuoteIds;
import org.ehashpool.mint.quote.QuoteOrder;
import org.ehashpool.mint.store.StoredQuote;
import org.jspecify.annotations.Nullable;

/**
 * Quotes and minting from them, one at a time and many at once. There is no way to make a quote of the method
 * {@code ehash} here: they are paid for in work, which a pool has seen. Invoices there are in the test profile.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/04.md">NUT-04</a>
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/29.md">NUT-29</a>
 * @see <a href="https://github.com/cashubtc/nuts/pull/341">NUT-XX, the draft of the lookup by key</a>
 */
final class QuoteRoutes {

    private static final String INVOICES = "bolt11";

    private final Supplier<Mint> mint;
    private final Set<String> methods;
    private final Calls calls;

    /**
     * Routes for quotes.
     *
     * @param methods of the mint's quotes
     */
    QuoteRoutes(Supplier<Mint> mint, Set<String> methods, Calls calls) {
        this.mint = mint;
        this.methods = Set.copyOf(methods);
        this.calls = calls;
    }

    void mount(Router router) {
        router.get("/v1/mint/quote/:method/:quote").handler(calls.<QuoteAnswer>get(this::quote));
        router.post("/v1/mint/quote/:method/check")
                .handler(calls.<BatchCheckRequest, Quotes>post(
                        BatchCheckRequest::read, request -> request.quotes().size(), this::check));
        router.post("/v1/mint/quote/:method/pubkey")
                .handler(calls.<QuoteMessages.LookupRequest, LookupAnswer>post(
                        QuoteMessages.LookupRequest::read,
                        request -> request.pubkeys().size(),
                        this::lookup));
        if (methods.contains(INVOICES)) {
            router.post("/v1/mint/quote/" + INVOICES)
                    .handler(calls.<QuoteRequest, QuoteAnswer>post(
                            QuoteRequest::read, request -> 1, (context, request) -> make(request)));
        }
        router.post("/v1/mint/quote/:method").handler(this::refuseCreation);
        router.post("/v1/mint/:method/batch")
                .handler(calls.<BatchMintRequest, SignaturesAnswer>post(
                        BatchMintRequest::read,
                        request -> request.quotes().size() + request.outputs().size(),
                        this::mintBatch));
        router.post("/v1/mint/:method")
                .handler(calls.<MintRequest, SignaturesAnswer>post(
                        MintRequest::read, request -> request.outputs().size(), this::mint));
    }

    private Future<Outcome<QuoteAnswer>> make(QuoteRequest request) {
        return mint.get()
                .payments()
                .orElseThrow()
                .quote(new InvoiceRequest(request.unit(), request.amount(), request.description(), request.pubkey()))
                .map(outcome -> outcome.then(quote -> Outcome.done(Texts.answer(quote))));
    }

    private void refuseCreation(RoutingContext context) {
        String method = String.valueOf(context.pathParam("method")).toLowerCase(Locale.ROOT);
        Answers.failed(
                context,
                method.equals(QuoteOrder.METHOD)
                        ? ApiException.refused(
                                ErrorCode.MINTING_DISABLED, "quotes of the method ehash are made for a pool's shares")
                        : unsupported());
    }

    private Future<Outcome<QuoteAnswer>> quote(RoutingContext context) {
        String method = method(context);
        @Nullable String text = context.pathParam("quote");
        Optional<UUID> id = text == null ? Optional.empty() : QuoteIds.parse(text);
        if (id.isEmpty()) {
            return Future.succeededFuture(unknown());
        }
        return mint.get()
                .quote(method, id.get())
                .map(found ->
                        found.map(quote -> Outcome.done(Texts.answer(quote))).orElseGet(QuoteRoutes::unknown));
    }

    private Future<Outcome<Quotes>> check(RoutingContext context, BatchCheckRequest request) {
        String method = method(context);
        Optional<Outcome<Quotes>> wrong = problem(request.quotes());
        if (wrong.isPresent()) {
            return Future.succeededFuture(wrong.get());
        }
        Optional<List<UUID>> ids = Texts.ids(request.quotes());
        if (ids.isEmpty()) {
            return Future.succeededFuture(unknown());
        }
        return mint.get().quotes(method, ids.get()).map(found -> inOrder(ids.get(), found));
    }

    private static Outcome<Quotes> inOrder(List<UUID> ids, Map<UUID, StoredQuote> found) {
        List<QuoteAnswer> answers = new ArrayList<>(ids.size());
        for (UUID id : ids) {
            StoredQuote quote = found.get(id);
            if (quote == null) {
                return unknown();
            }
            answers.add(Texts.answer(quote));
        }
        return Outcome.done(new Quotes(answers));
    }

    /** "The mint … MUST reject requests with duplicate quote IDs", and those with more than it has advertised. */
    private <A> Optional<Outcome<A>> problem(List<String> quotes) {
        int limit = mint.get().limits().quotes();
        if (quotes.isEmpty()) {
            return Optional.of(Outcome.refused(ErrorCode.REQUEST_INVALID, "quotes: at least one is expected"));
        }
        if (quotes.size() > limit) {
            return Optional.of(Outcome.refused(ErrorCode.MAX_BATCH_SIZE_EXCEEDED, "more than " + limit + " quotes"));
        }
        return new HashSet<>(quotes).size() < quotes.size()
                ? Optional.of(Outcome.refused(ErrorCode.DUPLICATE_QUOTES, "a quote is there twice"))
                : Optional.empty();
    }

    private Future<Outcome<LookupAnswer>> lookup(RoutingContext context, QuoteMessages.LookupRequest request) {
        String method = method(context);
        if (request.pubkeys().size() > QuoteLookup.MAXIMUM_KEYS) {
            return Future.succeededFuture(Outcome.refused(
                    ErrorCode.MAX_BATCH_SIZE_EXCEEDED, "more than " + QuoteLookup.MAXIMUM_KEYS + " keys"));
        }
        return mint.get()
                .lookup(new LookupRequest(
                        method,
                        request.pubkeys(),
                        request.signatures(),
                        request.timestamp(),
                        request.onlyMintable(),
                        request.limit().isPresent()
                                ? Optional.of((int) Math.min(
                                        Integer.MAX_VALUE, request.limit().getAsLong()))
                                : Optional.empty(),
                        request.cursor()))
                .map(outcome -> outcome.then(page -> Outcome.done(new LookupAnswer(
                        page.quotes().stream().map(Texts::answer).toList(), page.next()))));
    }

    private Future<Outcome<SignaturesAnswer>> mint(RoutingContext context, MintRequest request) {
        String method = method(context);
        Optional<UUID> id = QuoteIds.parse(request.quote());
        if (id.isEmpty()) {
            return Future.succeededFuture(unknown());
        }
        return issue(IssueRequest.single(method, id.get(), request.outputs(), request.signature()));
    }

    private Future<Outcome<SignaturesAnswer>> mintBatch(RoutingContext context, BatchMintRequest request) {
        String method = method(context);
        Optional<Outcome<SignaturesAnswer>> wrong = problem(request.quotes());
        if (wrong.isPresent()) {
            return Future.succeededFuture(wrong.get());
        }
        Optional<List<UUID>> ids = Texts.ids(request.quotes());
        if (ids.isEmpty()) {
            return Future.succeededFuture(unknown());
        }
        List<IssueRequest.Part> parts = new ArrayList<>(ids.get().size());
        for (int i = 0; i < ids.get().size(); i++) {
            int index = i;
            parts.add(new IssueRequest.Part(
                    ids.get().get(i),
                    request.amounts().map(all -> all.get(index)),
                    request.signatures().flatMap(all -> all.get(index))));
        }
        return issue(new IssueRequest(method, parts, request.outputs(), true));
    }

    private Future<Outcome<SignaturesAnswer>> issue(IssueRequest request) {
        return mint.get()
                .mint(request)
                .map(outcome -> outcome.then(signatures -> Outcome.done(new SignaturesAnswer(signatures))));
    }

    /** The method in the path, which is written in one way only. */
    private String method(RoutingContext context) {
        @Nullable String method = context.pathParam("method");
        if (method == null || !methods.contains(method)) {
            throw unsupported();
        }
        return method;
    }

    private ApiException unsupported() {
        return ApiException.refused(
                ErrorCode.REQUEST_INVALID,
                "the payment method is not supported; these are: "
                        + methods.stream().sorted().collect(Collectors.joining(", ")));
    }

    private static <A> Outcome<A> unknown() {
        return Outcome.refused(ErrorCode.QUOTE_UNKNOWN, "no such quote");
    }
}
