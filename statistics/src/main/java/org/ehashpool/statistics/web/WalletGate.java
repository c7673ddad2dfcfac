package org.ehashpool.statistics.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.RequestRates;
import org.ehashpool.statistics.signin.RequestOrigin;
import org.ehashpool.statistics.signin.Session;
import org.ehashpool.statistics.signin.Sessions;
import org.jspecify.annotations.Nullable;

/** Who may act with the wallet, and which requests are his. */
final class WalletGate {
    static final String COOKIE = "ehash_session";
    static final Duration IDLE = Duration.ofMinutes(30);

    private static final Sessions.Limits LIMITS = new Sessions.Limits(IDLE, Duration.ofHours(12), 64);

    /** Of each address: five tries at once, then one in twelve seconds. */
    private static final int TRIES_PER_SECOND = 1;

    private static final int BURST = 60;
    private static final int COST = 12;
    private static final int LONGEST_TOKEN = 1024;

    private final Site.Wallet wallet;
    private final Sessions sessions;
    private final RequestRates tries;

    WalletGate(Site.Wallet wallet, LongSupplier nanoTime) {
        this.wallet = wallet;
        this.sessions = new Sessions(wallet.random(), nanoTime, LIMITS);
        this.tries = new RequestRates(TRIES_PER_SECOND, BURST, nanoTime);
    }

    /** How many are signed in. */
    int signedIn() {
        return sessions.size();
    }

    Optional<Session> session(RoutingContext context) {
        @Nullable Cookie cookie = context.request().getCookie(COOKIE);
        return cookie == null ? Optional.empty() : sessions.find(cookie.getValue());
    }

    /**
     * Begins a session, whatever cookie there was before.
     *
     * @throws ApiFailure 403 if another site asks or the token is another, 429 after too many tries
     */
    void signIn(RoutingContext context) {
        checkOrigin(context);
        Secret token = wallet.token().orElseThrow(() -> new ApiFailure(403, "no-token", "No token is configured."));
        if (!tries.take(wallet.addresses().of(context.request()), COST)) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(COST));
            throw new ApiFailure(
                    429, "too-many-tries", "Your address has tried too often. Wait for " + COST + " seconds.");
        }
        String given = field(context, "token");
        if (given.length() > LONGEST_TOKEN || !token.matches(given)) {
            WebEvents.signInRefused(client(context));
            throw new ApiFailure(403, "wrong-token", "It is not the one of the configuration.");
        }
        session(context).ifPresent(sessions::end);
        WebEvents.signedIn(client(context));
        context.response().addCookie(cookie(context, sessions.open().id()));
    }

    private String client(RoutingContext context) {
        return wallet.addresses().client(context.request()).getHostAddress();
    }

    void signOut(RoutingContext context, Session session) {
        sessions.end(session);
        context.response().addCookie(cookie(context, "").setMaxAge(0));
    }

    /**
     * Refuses what no page of the session sent.
     *
     * @throws ApiFailure 403
     */
    void checkForm(RoutingContext context, Session session) {
        checkOrigin(context);
        if (!session.made(field(context, "form"))) {
            throw new ApiFailure(
                    403,
                    "foreign-form",
                    "The form belongs to a session that is over, or to another page. Do it again.");
        }
    }

    private static void checkOrigin(RoutingContext context) {
        if (!RequestOrigin.isOwn(context.request().headers())) {
            throw new ApiFailure(
                    403,
                    "foreign-origin",
                    "Another site made your browser ask, or the proxy in front hides which host you asked for.");
        }
    }

    /**
     * Without a path: then it is the directory of whatever address the browser knows us by (RFC 6265 §5.1.4), and that
     * is where the wallet's pages are, under any prefix.
     */
    private static Cookie cookie(RoutingContext context, String id) {
        return Cookie.cookie(COOKIE, id)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(RequestOrigin.isSecure(context.request().headers()));
    }

    /** A field of the form, or an empty text. */
    static String field(RoutingContext context, String name) {
        return Optional.ofNullable(context.request().getFormAttribute(name))
                .orElse("")
                .strip();
    }
}
