package org.ehashpool.kit.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.jspecify.annotations.Nullable;

/** A service's HTTP server. */
public final class HttpEndpoint {
    private static final int MAXIMUM_REQUEST_LINE = 4096;
    private static final int MAXIMUM_HEADERS = 16_384;
    private static final String JSON = "application/json";

    private final Vertx vertx;
    private final HttpConfig config;
    private final ConnectionGate gate;
    private final BearerGuard guard;
    private final Router router;
    private @Nullable HttpServer server;

    /**
     * Routes are in place; nothing listens yet.
     *
     * @param alive what {@code /health/live} says
     */
    public HttpEndpoint(
            Vertx vertx,
            HttpConfig config,
            BooleanSupplier alive,
            HealthChecks checks,
            StateReport state,
            ServiceMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.gate = new ConnectionGate(
                vertx, ConnectionLimits.alike(config.maxConnections(), config.requestTimeout(), config.idleTimeout()));
        this.guard = new BearerGuard(config.token());
        this.router = Router.router(vertx);
        ErrorBodies errors = new ErrorBodies();
        for (int status = 400; status < 600; status++) {
            router.errorHandler(status, errors);
        }
        // What has no status of an error, as a body that is cut short; a service's own failure handlers come first.
        router.route().last().failureHandler(errors);
        router.route().handler(gate::requested);
        router.route().handler(HttpEndpoint::secure);
        router.route()
                .handler(BodyHandler.create(false).setBodyLimit(config.maxBody().bytes()));
        read("/health/live").handler(context -> live(context, alive.getAsBoolean()));
        read("/health/ready").handler(context -> ready(context, checks));
        read("/api/v1/state").handler(context -> json(context, 200, state.report()));
        read("/metrics").handler(context -> metrics(context, metrics));
        metrics.gauge("http.connections", "Open HTTP connections", gate::open);
    }

    /** RFC 9110 §9.3.2: HEAD is answered as GET, without the body, which the server leaves out. */
    private Route read(String path) {
        return router.get(path).method(HttpMethod.HEAD);
    }

    /** For a service's own routes; they are added before the service starts. Bodies have been read, within the limit. */
    public Router router() {
        return router;
    }

    /** A handler to put before one that changes something. */
    public Handler<RoutingContext> bearerGuard() {
        return guard;
    }

    /** Listens. The result is the address with the port that was really taken. */
    public Future<HostPort> listen() {
        HttpServer created = vertx.createHttpServer(new HttpServerOptions()
                .setMaxInitialLineLength(MAXIMUM_REQUEST_LINE)
                .setMaxHeaderSize(MAXIMUM_HEADERS)
                .setMaxFormAttributeSize((int) config.maxBody().bytes())
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) config.idleTimeout().toMillis())
                .setCompressionSupported(true));
        server = created;
        return created.connectionHandler(gate::opened)
                .requestHandler(new RequestTargets(router, ErrorBodies::invalid))
                .invalidRequestHandler(ErrorBodies::invalid)
                .listen(config.listen().port(), config.listen().host())
                .map(listening -> {
                    HostPort address = new HostPort(config.listen().host(), listening.actualPort());
                    HttpEvents.listening(address);
                    return address;
                });
    }

    /** The port that was taken; only after {@link #listen()} has succeeded. */
    public int port() {
        HttpServer listening = server;
        if (listening == null) {
            throw new IllegalStateException("not listening");
        }
        return listening.actualPort();
    }

    /** Takes no more connections, lets requests finish within the grace period, then closes. */
    public Future<Void> close(Duration grace) {
        HttpServer listening = server;
        return listening == null
                ? Future.succeededFuture()
                : listening.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Headers that a handler may replace by its own. */
    private static void secure(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        context.next();
    }

    private static void live(RoutingContext context, boolean alive) {
        json(context, alive ? 200 : 503, new JsonObject().put("status", alive ? "up" : "down"));
    }

    private static void ready(RoutingContext context, HealthChecks checks) {
        checks.report()
                .onSuccess(report -> json(context, report.up() ? 200 : 503, report.body()))
                .onFailure(context::fail);
    }

    private void metrics(RoutingContext context, ServiceMetrics metrics) {
        @Nullable String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        String format = accept != null && accept.contains("application/openmetrics-text")
                ? ServiceMetrics.OPEN_METRICS_FORMAT
                : ServiceMetrics.TEXT_FORMAT;
        vertx.executeBlocking(() -> metrics.scrape(format))
                .onSuccess(text -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, format)
                        .end(text))
                .onFailure(context::fail);
    }

    private static void json(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(body.encode());
    }
}
