package org.ehashpool.statistics.web;

import gg.jte.models.runtime.JteModel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.statistics.signin.Session;
import org.ehashpool.statistics.wallet.WalletActions;
import org.ehashpool.statistics.wallet.WalletActions.Faucet;
import org.ehashpool.statistics.wallet.WalletActions.Operation;
import org.ehashpool.statistics.wallet.WalletActions.Order;
import org.ehashpool.statistics.wallet.WalletActions.Sent;
import org.ehashpool.statistics.web.generated.StaticTemplates;
import org.ehashpool.statistics.web.generated.Templates;
import org.jspecify.annotations.Nullable;

/**
 * {@code /wallet/…}: history, send, receive, faucet, for who is signed in. Every action is a form that leads to a page,
 * so that loading the page again repeats nothing. Tokens of ecash are in bodies alone.
 */
public final class WalletPages {
    /** Characters of a token that is pasted; most have some hundreds. */
    public static final int LONGEST_TOKEN = 500_000;

    private static final int LONGEST_WORDS = 300;
    private static final String SECTION = "/wallet";
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,20}");

    private final Templates templates = new StaticTemplates();
    private final Site site;
    private final WalletActions actions;
    private final Site.Wallet wallet;
    private final WalletGate gate;
    private final Assets assets;
    private final InstantSource clock;

    WalletPages(
            Site site,
            Site.Wallet wallet,
            Assets assets,
            InstantSource clock,
            LongSupplier nanoTime,
            ServiceMetrics metrics) {
        this.site = site;
        this.wallet = wallet;
        this.actions = wallet.actions();
        this.gate = new WalletGate(wallet, nanoTime);
        this.assets = assets;
        this.clock = clock;
        metrics.gauge("web.signed.in", "Who may act with the wallet", gate::signedIn);
    }

    /**
     * What stands above every page of the wallet.
     *
     * @param to the directory of the wallet's pages
     * @param current the last part of the page's path
     */
    public record Place(String to, String current, String form, boolean faucet) {
        /** For the page that is shown. */
        public Optional<String> current(String page) {
            return page.equals(current) ? Optional.of("page") : Optional.empty();
        }
    }

    /** What somebody typed into the form of a send, and the key that makes it one send however often it comes. */
    public record Draft(String key, String amount, String from) {}

    void mount(Router router) {
        router.get("/wallet/sign-in").handler(guarded(context -> signInPage(context, 200, "")));
        router.post("/wallet/sign-in").handler(guarded(this::signIn));
        router.post("/wallet/sign-out").handler(posted("history", (context, session) -> {
            gate.signOut(context, session);
            redirect(context, "../wallet");
        }));
        router.get("/wallet/history").handler(shown(this::history));
        router.get("/wallet/send").handler(shown((context, session) -> {
            Draft draft = new Draft(UUID.randomUUID().toString(), "", "");
            sendPage(context, session, 200, draft, "");
        }));
        router.post("/wallet/send").handler(posted("send", this::send));
        router.get("/wallet/receive").handler(shown((context, session) -> receivePage(context, session, 200, "", "")));
        router.post("/wallet/receive").handler(posted("receive", this::receive));
        router.get("/wallet/faucet").handler(shown((context, session) -> {
            Draft draft = new Draft(UUID.randomUUID().toString(), "", "");
            faucetPage(context, session, 200, draft, "");
        }));
        router.post("/wallet/faucet").handler(posted("faucet", this::give));
        router.get("/wallet/sent/:id").handler(shown((context, session) -> sent(context, session)));
        router.post("/wallet/sent/:id/reclaim").handler(posted("history", this::reclaim));
    }

    // Who may

    /** Of a failed request nothing but words is shown, and our own pages name themselves to us. */
    private Handler<RoutingContext> guarded(Handler<RoutingContext> handler) {
        return context -> {
            context.response().putHeader("Referrer-Policy", "same-origin");
            if (wallet.token().isEmpty()) {
                String to = to(context);
                page(
                        context,
                        403,
                        "Wallet",
                        Map.of(
                                "failure",
                                templates.failure(
                                        "Nobody can sign in",
                                        "Set [web] token in the configuration of this service, and start it again.",
                                        to + "../")));
            } else {
                handler.handle(context);
            }
        };
    }

    private Handler<RoutingContext> shown(BiConsumer<RoutingContext, Session> handler) {
        return guarded(context -> gate.session(context)
                .ifPresentOrElse(
                        session -> handler.accept(context, session), () -> redirect(context, to(context) + "sign-in")));
    }

    private Handler<RoutingContext> posted(String current, BiConsumer<RoutingContext, Session> handler) {
        return shown((context, session) -> {
            try {
                gate.checkForm(context, session);
            } catch (ApiFailure foreign) {
                page(
                        context,
                        foreign.status(),
                        "Wallet",
                        Map.of(
                                "tabs",
                                templates.walletTabs(new Place(to(context), current, session.formToken(), false)),
                                "notice",
                                notice("bad", "Nothing was done", words(foreign))));
                return;
            }
            handler.accept(context, session);
        });
    }

    private void signIn(RoutingContext context) {
        try {
            gate.signIn(context);
        } catch (ApiFailure refused) {
            signInPage(context, refused.status(), words(refused));
            return;
        }
        redirect(context, "history");
    }

    private void signInPage(RoutingContext context, int status, String problem) {
        page(context, status, "Sign in", Map.of("form", templates.walletSignIn(problem)));
    }

    // What they do

    private void history(RoutingContext context, Session session) {
        Optional<UUID> after =
                Optional.ofNullable(context.queryParams().get("after")).flatMap(WalletPages::id);
        Instant now = clock.instant();
        show(
                context,
                session,
                new Shown("history", 200, "History", session.heard()),
                actions.holdings()
                        .compose(holdings -> actions.history(after).map(history -> {
                            Map<String, JteModel> parts = new LinkedHashMap<>();
                            parts.put("holdings", templates.walletHoldings(holdings));
                            parts.put("history", templates.walletHistory(history, after.isPresent(), now));
                            return parts;
                        })));
    }

    private void send(RoutingContext context, Session session) {
        Draft draft = draft(context);
        String[] from = draft.from().split(" ", 2);
        if (from.length < 2 || id(draft.key()).isEmpty()) {
            sendPage(context, session, 400, draft, "It has to be said from where: load the page again.");
            return;
        }
        amount(draft)
                .ifPresentOrElse(
                        amount -> actions.send(new Order(amount, from[0], from[1], draft.key()))
                                .onSuccess(sent -> redirect(
                                        context, "sent/" + sent.operation().id()))
                                .onFailure(failed(
                                        context,
                                        refused ->
                                                sendPage(context, session, refused.status(), draft, words(refused)))),
                        () -> sendPage(
                                context, session, 400, draft, "The amount is a whole number above 0, in digits."));
    }

    /** Where nothing can be asked, the same order can still be given again: it is one send. */
    private void sendPage(RoutingContext context, Session session, int status, Draft draft, String problem) {
        show(
                context,
                session,
                new Shown("send", status, "Send", session.heard()),
                actions.holdings()
                        .<Map<String, JteModel>>map(holdings ->
                                Map.of("form", templates.walletSend(holdings, session.formToken(), draft, problem)))
                        .recover(away -> problem.isEmpty()
                                ? Future.failedFuture(away)
                                : Future.succeededFuture(
                                        Map.of("form", templates.walletRetry(session.formToken(), draft, problem)))));
    }

    private void sent(RoutingContext context, Session session) {
        Optional<UUID> id = id(context.pathParam("id"));
        if (id.isEmpty()) {
            context.fail(new ApiFailure(404, "not-found", "There is nothing of that name."));
            return;
        }
        Instant now = clock.instant();
        show(
                context,
                session,
                new Shown("sent", 200, "Sent", session.heard()),
                actions.sent(id.get()).map(sent -> Map.of("sent", sent(sent, session, now))));
    }

    private JteModel sent(Sent sent, Session session, Instant now) {
        return templates.walletSent(sent, sent.token().flatMap(QrPicture::of), session.formToken(), now);
    }

    private void reclaim(RoutingContext context, Session session) {
        Optional<UUID> id = id(context.pathParam("id"));
        if (id.isEmpty()) {
            context.fail(new ApiFailure(404, "not-found", "There is nothing of that name."));
            return;
        }
        actions.reclaim(id.get())
                .onSuccess(back -> {
                    session.say("Taken back: " + amount(back) + fee(back));
                    redirect(context, "../../history");
                })
                .onFailure(failed(context, refused -> {
                    session.say("Not taken back: " + words(refused));
                    redirect(context, "../" + id.get());
                }));
    }

    private void receive(RoutingContext context, Session session) {
        String token = WalletGate.field(context, "ecash").replaceAll("\\s+", "");
        if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
            receivePage(context, session, 400, "", "A token begins with cashuA or cashuB.");
            return;
        }
        actions.receive(token)
                .onSuccess(received -> {
                    session.say("Received: " + amount(received) + fee(received));
                    redirect(context, "history");
                })
                .onFailure(failed(
                        context, refused -> receivePage(context, session, refused.status(), token, words(refused))));
    }

    private void receivePage(RoutingContext context, Session session, int status, String token, String problem) {
        show(
                context,
                session,
                new Shown("receive", status, "Receive", session.heard()),
                Future.succeededFuture(Map.of("form", templates.walletReceive(session.formToken(), token, problem))));
    }

    private void give(RoutingContext context, Session session) {
        Draft draft = draft(context);
        Optional<BigInteger> amount =
                amount(draft).filter(whole -> id(draft.key()).isPresent());
        if (amount.isEmpty()) {
            faucetPage(context, session, 400, draft, "The amount is a whole number above 0, in digits.");
            return;
        }
        actions.give(
                        amount.get(),
                        draft.key(),
                        wallet.addresses().client(context.request()).getHostAddress())
                .onSuccess(
                        given -> redirect(context, "sent/" + given.operation().id()))
                .onFailure(failed(
                        context, refused -> faucetPage(context, session, refused.status(), draft, words(refused))));
    }

    private void faucetPage(RoutingContext context, Session session, int status, Draft draft, String problem) {
        show(
                context,
                session,
                new Shown("faucet", status, "Faucet", session.heard()),
                actions.faucet().map(found -> {
                    Faucet faucet = found.orElseThrow(() -> new ApiFailure(
                            404, "no-faucet", "The translator has no faucet: [wallet.faucet] is not enabled there."));
                    return Map.of("form", templates.walletFaucet(faucet, session.formToken(), draft, problem));
                }));
    }

    // How it looks

    /** A page that is about to be shown. */
    private record Shown(String current, int status, String title, Optional<String> message) {}

    /** The parts, or why there are none. */
    private <M extends JteModel> void show(
            RoutingContext context, Session session, Shown shown, Future<? extends Map<String, M>> parts) {
        Future<Boolean> faucet = actions.faucet().map(Optional::isPresent).otherwise(false);
        faucet.onSuccess(enabled -> {
            Map<String, JteModel> all = new LinkedHashMap<>();
            all.put(
                    "tabs",
                    templates.walletTabs(new Place(to(context), shown.current(), session.formToken(), enabled)));
            shown.message().ifPresent(message -> all.put("notice", notice("", "", message)));
            parts.onSuccess(found -> {
                        all.putAll(found);
                        page(context, shown.status(), shown.title(), all);
                    })
                    .onFailure(failed(context, refused -> {
                        all.put("failure", notice("bad", title(refused.code()), words(refused)));
                        page(context, refused.status(), shown.title(), all);
                    }));
        });
    }

    private static Handler<Throwable> failed(RoutingContext context, Consumer<ApiFailure> refusal) {
        return cause -> {
            if (cause instanceof ApiFailure refused) {
                refusal.accept(refused);
            } else {
                context.fail(cause);
            }
        };
    }

    private JteModel notice(String tone, String title, String words) {
        return templates.walletNotice(tone, title, words);
    }

    private void page(RoutingContext context, int status, String title, Map<String, ? extends JteModel> parts) {
        Map<String, String> rendered = new LinkedHashMap<>();
        parts.forEach((name, part) -> rendered.put(name, part.render()));
        StatisticsWeb.html(
                context.response().setStatusCode(status),
                templates.layout(
                        new StatisticsWeb.Head(
                                site, assets, SECTION, to(context) + "../", title, "", clock.instant(), "", false),
                        rendered));
    }

    /** To the directory of the wallet's pages. */
    private static String to(RoutingContext context) {
        long below = context.normalizedPath()
                .substring("/wallet/".length())
                .chars()
                .filter(c -> c == '/')
                .count();
        return below == 0 ? "./" : "../".repeat((int) below);
    }

    /** RFC 9110 §15.4.4: whatever was posted, the next is a GET. */
    private static void redirect(RoutingContext context, String to) {
        context.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, to)
                .end();
    }

    private static Draft draft(RoutingContext context) {
        return new Draft(
                cut(WalletGate.field(context, "key")),
                cut(WalletGate.field(context, "amount")),
                cut(WalletGate.field(context, "from")));
    }

    private static Optional<BigInteger> amount(Draft draft) {
        return Optional.of(draft.amount())
                .filter(text -> AMOUNT.matcher(text).matches())
                .map(BigInteger::new)
                .filter(amount -> amount.signum() > 0);
    }

    private static Optional<UUID> id(@Nullable String text) {
        try {
            return Optional.of(UUID.fromString(String.valueOf(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String amount(Operation operation) {
        return Words.amount(operation.amount()) + " " + Words.unit(operation.unit());
    }

    private static String fee(Operation operation) {
        return operation.fee().signum() == 0 ? "." : "; the mint kept " + Words.amount(operation.fee()) + ".";
    }

    private static String words(ApiFailure refused) {
        return cut(String.valueOf(refused.getMessage()));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_WORDS ? text : text.substring(0, LONGEST_WORDS) + "…";
    }

    private static String title(String code) {
        return switch (code) {
            case "translator-away" -> "The translator does not answer";
            case "translator-refused" -> "The translator refuses this service";
            case "translator-fault" -> "The translator's answer makes no sense";
            case "no-wallet" -> "The translator has no wallet";
            case "no-faucet" -> "There is no faucet";
            default -> "That cannot be done";
        };
    }
}
