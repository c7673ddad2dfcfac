package org.ehashpool.kit.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request whose target is no path, or has a broken escape: the router could match it with no route, not even
 * one for errors.
 *
 * @param next for all others
 * @param invalid answers what is refused
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.1">RFC 3986 §2.1, Percent-Encoding</a>
 */
public record RequestTargets(Handler<HttpServerRequest> next, Handler<HttpServerRequest> invalid)
        implements Handler<HttpServerRequest> {

    @Override
    public void handle(HttpServerRequest request) {
        @Nullable String path = request.path();
        if (path != null && path.startsWith("/") && escapesAreWhole(request.uri())) {
            next.handle(request);
        } else {
            invalid.handle(request);
        }
    }

    private static boolean escapesAreWhole(String target) {
        for (int at = target.indexOf('%'); at >= 0; at = target.indexOf('%', at + 1)) {
            if (at + 2 >= target.length() || !isHex(target.charAt(at + 1)) || !isHex(target.charAt(at + 2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char digit) {
        return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
    }
}
