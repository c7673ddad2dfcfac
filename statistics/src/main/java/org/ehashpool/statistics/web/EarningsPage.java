package org.ehashpool.statistics.web;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.RequestRates;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.statistics.earnings.Earnings;
import org.ehashpool.statistics.earnings.EarningsLookup;
import org.ehashpool.statistics.figures.CreditView;
import org.ehashpool.statistics.web.generated.StaticTemplates;
import org.ehashpool.statistics.web.generated.Templates;
import org.jspecify.annotations.Nullable;

/**
 * {@code /earnings} and {@code POST /api/v1/earnings}: what a key earned, for whoever shows a signed request. It is sent
 * in a body, so that no log and no history has it, and answers are kept by nobody.
 *
 * <p>There is no defence against forged requests, for there is nothing to forge: no session and no cookie make the
 * answer, only what the form holds, nothing changes, and other sites cannot read the answer.
 */
public final class EarningsPage {
    /** Characters of the form's field. */
    public static final int LONGEST_FIELD = 8000;

    /** As long as a request for all the keys that a mint takes, and room to spare. */
    private static final int LONGEST_REQUEST = 16_384;

    private static final int REQUESTS_PER_SECOND = 1;
    private static final int BURST = 10;
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final String SECTION = "/miners";
    private static final String TITLE = "Earnings";
    private static final String NOTE = "What a key earned, and what of it is unclaimed";

    private final Templates templates = new StaticTemplates();
    private final Site site;
    private final Site.Earned earned;
    private final EarningsLookup lookup;
    private final Assets assets;
    private final FigureReader reader;
    private final InstantSource clock;
    private final RequestRates rates;
    private final Counter answered;
    private final Counter refused;

    EarningsPage(
            Site site,
            Site.Earned earned,
            Assets assets,
            FigureReader reader,
            InstantSource clock,
            LongSupplier nanoTime,
            ServiceMetrics metrics) {
        this.site = site;
        this.earned = earned;
        this.lookup = earned.lookup();
        this.assets = assets;
        this.reader = reader;
        this.clock = clock;
        this.rates = new RequestRates(REQUESTS_PER_SECOND, BURST, nanoTime);
        this.answered = metrics.counter("lookups", "Lookups of what a key earned", "outcome", "answered");
        this.refused = metrics.counter("lookups", "Lookups of what a key earned", "outcome", "refused");
    }

    /**
     * What is shown.
     *
     * @param creditKnown whether {@link ShownKey#credited} could be read
     */
    public record Shown(String mint, Instant at, boolean complete, boolean creditKnown, List<ShownKey> keys) {
        public Shown {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A key.
     *
     * @param credited null where no channel was opened in its name
     */
    public record ShownKey(Earnings.OfKey earned, @Nullable CreditView credited) {}

    void mount(Router router) {
        router.get("/earnings")
                .method(HttpMethod.HEAD)
                .handler(context -> page(context, 200, form(first(), "", "", ""), Optional.empty()));
        router.post("/earnings").handler(this::submitted);
        router.post("/api/v1/earnings").handler(this::asked);
    }

    private String first() {
        return lookup.mints().getFirst();
    }

    private void submitted(RoutingContext context) {
        String mint =
                Optional.ofNullable(context.request().getFormAttribute("mint")).orElse("");
        String request = Optional.ofNullable(context.request().getFormAttribute("request"))
                .orElse("")
                .strip();
        String shown = lookup.mints().contains(mint) ? mint : first();
        answer(context, mint, request)
                .onSuccess(found -> page(context, 200, form(shown, "", "", ""), Optional.of(found)))
                .onFailure(cause -> {
                    if (cause instanceof ApiFailure failure) {
                        page(
                                context,
                                failure.status(),
                                form(shown, request, title(failure.code()), String.valueOf(failure.getMessage())),
                                Optional.empty());
                    } else {
                        context.fail(cause);
                    }
                });
    }

    private void asked(RoutingContext context) {
        @Nullable String mint = context.queryParams().get("mint");
        @Nullable String body = context.body().asString();
        answer(context, mint == null ? first() : mint, body == null ? "" : body)
                .onSuccess(found -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(Buffer.buffer(FigureJson.bytes(FigureJson.of(found)))))
                .onFailure(context::fail);
    }

    private Future<Shown> answer(RoutingContext context, String mint, String request) {
        if (!rates.take(earned.addresses().of(context.request()), 1)) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(RETRY.toSeconds()));
            return refused(new ApiFailure(429, "too-many-requests", "Too many requests from your address."));
        }
        if (request.isEmpty()) {
            return refused(new ApiFailure(400, "invalid-lookup", "Nothing was given."));
        }
        if (request.length() > LONGEST_REQUEST) {
            return refused(new ApiFailure(413, "invalid-lookup", "It is longer than any request is."));
        }
        return lookup.ask(mint, request)
                .onSuccess(found -> answered.increment())
                .onFailure(cause -> refused.increment())
                .compose(this::withCredit);
    }

    private Future<Shown> refused(ApiFailure failure) {
        refused.increment();
        return Future.failedFuture(failure);
    }

    /** What the mint said is shown although the database is away. */
    private Future<Shown> withCredit(Earnings earnings) {
        List<String> keys = earnings.keys().stream().map(Earnings.OfKey::key).toList();
        return reader.read(figures -> figures.credited(keys))
                .map(credited -> shown(earnings, true, credited))
                .recover(away -> Future.succeededFuture(shown(earnings, false, Map.of())));
    }

    private static Shown shown(Earnings earnings, boolean creditKnown, Map<String, CreditView> credited) {
        return new Shown(
                earnings.mint(),
                earnings.at(),
                earnings.complete(),
                creditKnown,
                earnings.keys().stream()
                        .map(key -> new ShownKey(key, credited.get(key.key())))
                        .toList());
    }

    private static String title(String code) {
        return switch (code) {
            case "too-many-requests", "busy" -> "Not so fast";
            case "signature-refused" -> "The signature is refused";
            case "expired" -> "The request has expired";
            case "unknown-mint" -> "That mint is not asked here";
            case "refused" -> "The mint refuses the request";
            case "mint-away" -> "The mint does not answer";
            case "mint-busy" -> "The mint is busy";
            case "mint-fault" -> "The mint's answer makes no sense";
            default -> "That is no request of a lookup";
        };
    }

    private String form(String mint, String request, String title, String problem) {
        return templates
                .earningsForm(lookup.mints(), mint, request, title, problem)
                .render();
    }

    private void page(RoutingContext context, int status, String form, Optional<Shown> found) {
        Instant now = clock.instant();
        Map<String, String> parts = new LinkedHashMap<>();
        found.ifPresent(
                shown -> parts.put("earnings", templates.earnings(shown, now).render()));
        parts.put("form", form);
        StatisticsWeb.html(
                context.response().setStatusCode(status),
                templates.layout(
                        new StatisticsWeb.Head(site, assets, SECTION, "./", TITLE, NOTE, now, "", false), parts));
    }
}
