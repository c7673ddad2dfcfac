package org.ehashpool.mint.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.http.ConnectionGate;
import org.ehashpool.kit.sv2.admission.AddressGroup;
import org.ehashpool.mint.api.socket.WalletSockets;

/** What comes before all routes, and the one that is no call. */
final class PublicRouter {

    private static final String DAY_SECONDS = "86400";

    private PublicRouter() {}

    static Router create(
            Vertx vertx, ConnectionGate gate, Calls calls, ClientAddresses addresses, WalletSockets sockets) {
        Router router = Router.router(vertx);
        Answers answers = new Answers();
        for (int status = 400; status < 600; status++) {
            router.errorHandler(status, answers);
        }
        router.route().last().failureHandler(answers);
        router.route().handler(gate::requested);
        router.route().handler(PublicRouter::forEveryOrigin);
        router.route().handler(calls::admit);
        router.get("/v1/ws").handler(context -> upgrade(context, gate, addresses, sockets));
        return router;
    }

    /** Wallets run in browsers, on pages of any origin; nothing here depends on who the page's user is. */
    private static void forEveryOrigin(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            context.response()
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "*")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY_SECONDS)
                    .setStatusCode(204)
                    .end();
        } else {
            context.next();
        }
    }

    private static void upgrade(
            RoutingContext context, ConnectionGate gate, ClientAddresses addresses, WalletSockets sockets) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            Answers.failed(context, ApiException.refused(ErrorCode.REQUEST_INVALID, "a WebSocket is served here"));
            return;
        }
        AddressGroup address = addresses.of(request);
        if (!sockets.accept(request, address, () -> gate.upgraded(request.connection()))) {
            Answers.failed(
                    context, new ApiException(429, ErrorCode.REQUEST_INVALID, "too many WebSockets from your address"));
        }
    }
}
