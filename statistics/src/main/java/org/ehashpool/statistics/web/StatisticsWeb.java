package org.ehashpool.statistics.web;

import gg.jte.models.runtime.JteModel;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.postgres.DatabaseBusyException;
import org.ehashpool.kit.service.Component;
import org.ehashpool.statistics.web.generated.StaticTemplates;
import org.ehashpool.statistics.web.generated.Templates;
import org.jspecify.annotations.Nullable;

/** A site's pages, their live updates, its API and exports, on a service's router. */
public final class StatisticsWeb implements Component {
    /** Everything is served from here: no inline style or script, no other host. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Templates templates = new StaticTemplates();
    private final Site site;
    private final Assets assets;
    private final Snapshots snapshots;
    private final LiveUpdates live;
    private final FigureReader reader;
    private final InstantSource clock;

    /**
     * Adds the routes; updates begin with {@link #start}.
     *
     * @param mostViewers who may have a page open that is kept current
     */
    public StatisticsWeb(
            Site site,
            Router router,
            Vertx vertx,
            FigureReader reader,
            InstantSource clock,
            LongSupplier nanoTime,
            ServiceMetrics metrics,
            int mostViewers) {
        this.site = site;
        this.reader = reader;
        this.clock = clock;
        this.assets = Assets.mount(router);
        this.snapshots = new Snapshots(reader, clock, nanoTime);
        this.live = new LiveUpdates(vertx, snapshots, nanoTime, mostViewers);
        new StatisticsApi(reader).mount(router);
        for (PageKind kind : site.pages()) {
            router.get(kind.path())
                    .method(HttpMethod.HEAD)
                    .handler(context -> page(context, kind))
                    .failureHandler(context -> failure(context, kind.section()));
            router.get("/live" + kind.path()).handler(context -> watch(context, kind));
        }
        site.earnings()
                .ifPresent(earned ->
                        new EarningsPage(site, earned, assets, reader, clock, nanoTime, metrics).mount(router));
        site.wallet()
                .ifPresent(wallet -> new WalletPages(site, wallet, assets, clock, nanoTime, metrics).mount(router));
        router.get("/*").last().handler(this::missing);
        metrics.gauge("web.viewers", "Open pages that are kept current", live::viewers);
        metrics.gauge("web.pages", "Different pages that are kept current", live::topics);
    }

    @Override
    public String name() {
        return "web";
    }

    @Override
    public Future<Void> start() {
        live.start();
        warmUp(site.pages().iterator());
        return Future.succeededFuture();
    }

    /**
     * Makes each page once that needs no name, and keeps none: otherwise the first visitor waits while classes are loaded
     * and statements prepared. Nobody waits for it.
     */
    private void warmUp(Iterator<PageKind> pages) {
        if (!pages.hasNext()) {
            return;
        }
        PageKind kind = pages.next();
        Address address = Address.of(kind.path(), MultiMap.caseInsensitiveMultiMap(), kind.parameters());
        if (kind.path().contains(":")) {
            warmUp(pages);
            return;
        }
        reader.read(figures -> kind.body()
                        .of(figures, address, clock.instant())
                        .map(content -> PageKind.Snapshot.of(content, clock.instant()))
                        .map(page -> layout(kind.section(), address, page).render()))
                .onFailure(cause -> WebEvents.pageFailed(kind.path(), String.valueOf(cause)))
                .onComplete(done -> warmUp(pages));
    }

    @Override
    public Future<Void> stop() {
        live.close();
        return Future.succeededFuture();
    }

    private static Address address(RoutingContext context, String path, PageKind kind) {
        return Address.of(path, context.queryParams(), kind.parameters());
    }

    private void page(RoutingContext context, PageKind kind) {
        Address address = address(context, context.normalizedPath(), kind);
        snapshots
                .of(kind, address)
                .onSuccess(page -> page.ifPresentOrElse(
                        found -> html(context.response(), layout(kind.section(), address, found)),
                        () -> context.fail(new ApiFailure(404, "not-found", "There is nothing of that name."))))
                .onFailure(context::fail);
    }

    private void watch(RoutingContext context, PageKind kind) {
        String path = context.normalizedPath().substring("/live".length());
        live.watch(kind, address(context, path.isEmpty() ? "/" : path, kind), context.response());
    }

    private JteModel layout(String section, Address address, PageKind.Snapshot page) {
        String target = address.path().substring(1) + address.suffix();
        return templates.layout(
                new Head(
                        site,
                        assets,
                        section,
                        address.base(),
                        page.title(),
                        page.note(),
                        page.at(),
                        address.base() + "live/" + target,
                        false),
                page.parts());
    }

    /** Programs get JSON, people a page. */
    private void failure(RoutingContext context, String section) {
        @Nullable Throwable cause = context.failure();
        @Nullable String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept == null
                || !accept.contains("text/html")
                || context.response().headWritten()) {
            context.next();
            return;
        }
        int status = 500;
        String title = "These figures cannot be read";
        String words = "The database did not answer as it should. Nothing is lost by that: what services tell is kept"
                + " by them until it can be stored. This page tries again by itself.";
        if (cause instanceof ApiFailure refused) {
            status = refused.status();
            title = status == 404 ? "Nothing here" : "That cannot be shown";
            words = String.valueOf(refused.getMessage());
        } else if (cause instanceof DatabaseBusyException) {
            status = 503;
        }
        if (status >= 500) {
            WebEvents.pageFailed(context.normalizedPath(), String.valueOf(cause));
        }
        refuse(context, section, status, title, words);
    }

    private void missing(RoutingContext context) {
        @Nullable String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept == null || !accept.contains("text/html")) {
            context.next();
            return;
        }
        refuse(context, "", 404, "Nothing here", "There is no page of that name.");
    }

    private void refuse(RoutingContext context, String section, int status, String title, String words) {
        Address address = Address.of(context.normalizedPath(), context.queryParams(), Set.of());
        Instant now = clock.instant();
        boolean again = status >= 500;
        // The base of a path that does not exist may be anywhere above.
        long depth = address.path().chars().filter(c -> c == '/').count() - 1;
        String base = depth == 0 ? "./" : "../".repeat((int) depth);
        html(
                context.response().setStatusCode(status),
                templates.layout(
                        new Head(site, assets, section, base, title, "", now, "", again),
                        Map.of("failure", templates.failure(title, words, base).render())));
    }

    static void html(HttpServerResponse response, JteModel page) {
        response.putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", POLICY)
                .end(page.render());
    }

    /**
     * What every page has.
     *
     * @param base links begin with it
     * @param at when the figures were read
     * @param live where updates come from; empty if there are none
     * @param again whether the browser should load it again by itself
     */
    public record Head(
            Site site,
            Assets assets,
            String section,
            String base,
            String title,
            String note,
            Instant at,
            String live,
            boolean again) {

        /** A link to a page of the navigation. */
        public String link(PageKind page) {
            return page.path().equals("/") ? base : base + page.path().substring(1);
        }

        /** Whether a page of the navigation is this one, or above it. */
        public Optional<String> current(PageKind page) {
            return page.section().equals(section) ? Optional.of("page") : Optional.empty();
        }
    }
}
