package org.ehashpool.mint.api;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.ehashpool.cashu.error.ErrorCode;

/**
 * Melting, where it is disabled: there is nothing that ehash could be paid out in.
 *
 * @see <a href="https://github.com/cashubtc/nuts/blob/main/05.md">NUT-05</a>
 */
final class MeltRoutes {

    private MeltRoutes() {}

    static void mountDisabled(Router router) {
        router.post("/v1/melt/quote/:method").handler(MeltRoutes::refuse);
        router.get("/v1/melt/quote/:method/:quote").handler(MeltRoutes::refuse);
        router.post("/v1/melt/:method").handler(MeltRoutes::refuse);
    }

    private static void refuse(RoutingContext context) {
        Answers.failed(context, ApiException.refused(ErrorCode.REQUEST_INVALID, "melting is disabled"));
    }
}
