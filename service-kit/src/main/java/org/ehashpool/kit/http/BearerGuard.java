package org.ehashpool.kit.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.ehashpool.kit.config.Secret;
import org.jspecify.annotations.Nullable;

/** Lets a request through that bears the token. Where no token is configured, none gets through. */
final class BearerGuard implements Handler<RoutingContext> {
    private static final String SCHEME = "Bearer ";

    private final Optional<Secret> token;

    BearerGuard(Optional<Secret> token) {
        this.token = token;
    }

    @Override
    public void handle(RoutingContext context) {
        if (token.isEmpty()) {
            context.fail(new ApiFailure(403, "no-token-configured", "Set http.token to allow this call."));
            return;
        }
        @Nullable String authorization = context.request().getHeader("Authorization");
        // RFC 9110 §11.1: the scheme's name is case-insensitive.
        boolean right = authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.get().matches(authorization.substring(SCHEME.length()).strip());
        if (right) {
            context.next();
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            context.fail(new ApiFailure(401, "unauthorized", "A valid bearer token is needed."));
        }
    }
}
