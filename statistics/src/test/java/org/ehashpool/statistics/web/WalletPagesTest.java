package org.ehashpool.statistics.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may act, and what happens once, over HTTP and without a browser. */
@Timeout(60)
final class WalletPagesTest {
    private static final String TOKEN = "a-token-of-the-pages";
    private static final Pattern FIELD = Pattern.compile("name=\"(form|key)\" value=\"([^\"]+)\"");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final StubWallet wallet = new StubWallet();
    private final AtomicLong now = new AtomicLong();
    private final HttpServer server = serve(Optional.of(Secret.of(TOKEN)));

    private HttpServer serve(Optional<Secret> token) {
        Router router = Router.router(vertx);
        router.route().handler(context -> {
            context.response().putHeader("Cache-Control", "no-store");
            context.next();
        });
        router.route().handler(BodyHandler.create(false));
        Site.Wallet acted = new Site.Wallet(
                wallet, token, new ClientAddresses(List.of(AddressRange.parse("127.0.0.1"))), new SecureRandom());
        Site site = ProxyPages.site(List.of(), Optional.of(acted));
        new WalletPages(
                        site,
                        acted,
                        Assets.mount(router),
                        () -> Instant.EPOCH,
                        now::get,
                        ServiceMetrics.create("proxy-stats", "0.1.0"))
                .mount(router);
        try {
            return vertx.createHttpServer(new HttpServerOptions().setMaxFormAttributeSize(1 << 20))
                    .requestHandler(router)
                    .listen(0, "127.0.0.1")
                    .await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        client.close();
        vertx.close().await();
    }

    /** A signed-in browser: what its cookie holds, and what its forms do. */
    private record Signed(String cookie, String form) {}

    private HttpRequest.Builder request(HttpServer of, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of.actualPort() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        return send(request(server, path).header("Cookie", cookie));
    }

    private HttpRequest.Builder post(String path, String... namesAndValues) {
        String body = IntStream.range(0, namesAndValues.length / 2)
                .mapToObj(i -> namesAndValues[2 * i] + "="
                        + URLEncoder.encode(namesAndValues[2 * i + 1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return request(server, path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> act(Signed signed, String path, String... namesAndValues) throws Exception {
        String[] all = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        all[namesAndValues.length] = "form";
        all[namesAndValues.length + 1] = signed.form();
        return send(post(path, all).header("Cookie", signed.cookie()));
    }

    private static String field(String page, String name) {
        Matcher field = FIELD.matcher(page);
        while (field.find()) {
            if (field.group(1).equals(name)) {
                return field.group(2);
            }
        }
        throw new AssertionError("no field " + name + " in " + page);
    }

    private static String setCookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElse("");
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private Signed signIn() throws Exception {
        HttpResponse<String> answer = send(post("/wallet/sign-in", "token", TOKEN));
        assertThat(location(answer)).isEqualTo("history");
        String cookie = setCookie(answer).split(";", 2)[0];
        return new Signed(cookie, field(get("/wallet/history", cookie).body(), "form"));
    }

    private String key(Signed signed) throws Exception {
        return field(get("/wallet/send", signed.cookie()).body(), "key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"history", "send", "receive", "faucet", "sent/7f3b2c1a-0000-4000-8000-000000000000"})
    void shouldShowNothingToWhoIsNotSignedIn(String page) throws Exception {
        HttpResponse<String> answer = send(request(server, "/wallet/" + page));

        assertThat(location(answer)).endsWith("sign-in");
        assertThat(answer.body()).isEmpty();
        assertThat(get("/wallet/" + page, WalletGate.COOKIE + "=guess").statusCode())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "receive", "faucet", "sent/7f3b2c1a-0000-4000-8000-000000000000/reclaim"})
    void shouldDoNothingForWhoIsNotSignedIn(String action) throws Exception {
        HttpResponse<String> answer = send(post(
                "/wallet/" + action,
                "amount",
                "5",
                "from",
                "hash " + StubWallet.MINT,
                "ecash",
                "cashuBx",
                "key",
                UUID.randomUUID().toString()));

        assertThat(location(answer)).endsWith("sign-in");
        assertThat(wallet.sends).isEmpty();
        assertThat(wallet.received).isEmpty();
        assertThat(wallet.reclaimed).isEmpty();
    }

    @Test
    void shouldKeepTheCookieFromScriptsOtherSitesAndOtherPathsWhenSomebodySignsIn() throws Exception {
        HttpResponse<String> plain = send(post("/wallet/sign-in", "token", TOKEN));
        HttpResponse<String> secure =
                send(post("/wallet/sign-in", "token", TOKEN).header("X-Forwarded-Proto", "https"));

        // No Path: a browser takes the directory, under whatever prefix it sees.
        assertThat(setCookie(plain))
                .contains("HTTPOnly", "SameSite=Strict")
                .doesNotContain("Secure", "Path", "Domain", TOKEN);
        assertThat(setCookie(secure)).contains("Secure");
    }

    @Test
    void shouldBeginAnotherSessionWhenSomebodySignsInAgain() throws Exception {
        Signed first = signIn();

        HttpResponse<String> again =
                send(post("/wallet/sign-in", "token", TOKEN).header("Cookie", first.cookie()));

        assertThat(setCookie(again).split(";", 2)[0]).isNotEqualTo(first.cookie());
        assertThat(get("/wallet/history", first.cookie()).statusCode()).isEqualTo(303);
    }

    @Test
    void shouldEndTheSessionWhenSomebodySignsOut() throws Exception {
        Signed signed = signIn();

        HttpResponse<String> out = act(signed, "/wallet/sign-out");

        assertThat(location(out)).isEqualTo("../wallet");
        assertThat(setCookie(out)).startsWith(WalletGate.COOKIE + "=;").contains("Max-Age=0");
        assertThat(get("/wallet/history", signed.cookie()).statusCode()).isEqualTo(303);
    }

    @Test
    void shouldEndTheSessionWhenItIsNotUsed() throws Exception {
        Signed signed = signIn();
        now.addAndGet(WalletGate.IDLE.toNanos());

        assertThat(location(get("/wallet/history", signed.cookie()))).isEqualTo("./sign-in");
        assertThat(location(act(signed, "/wallet/receive", "ecash", "cashuBx"))).isEqualTo("./sign-in");
        assertThat(wallet.received).isEmpty();
    }

    @Test
    void shouldRefuseAnAddressThatGuessesAndNoOther() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> wrong =
                    send(post("/wallet/sign-in", "token", TOKEN + i).header("X-Forwarded-For", "192.0.2.7"));
            assertThat(wrong.statusCode()).isEqualTo(403);
            assertThat(wrong.body()).doesNotContain(TOKEN);
            assertThat(setCookie(wrong)).isEmpty();
        }

        HttpResponse<String> right =
                send(post("/wallet/sign-in", "token", TOKEN).header("X-Forwarded-For", "192.0.2.7"));

        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.headers().firstValue("Retry-After")).contains("12");
        assertThat(setCookie(right)).isEmpty();
        assertThat(location(send(post("/wallet/sign-in", "token", TOKEN).header("X-Forwarded-For", "192.0.2.8"))))
                .isEqualTo("history");
        now.addAndGet(Duration.ofSeconds(12).toNanos());
        assertThat(location(send(post("/wallet/sign-in", "token", TOKEN).header("X-Forwarded-For", "192.0.2.7"))))
                .isEqualTo("history");
    }

    @Test
    void shouldDoNothingWhenTheFormIsNotTheSessions() throws Exception {
        Signed signed = signIn();
        Signed other = signIn();
        Signed forged = new Signed(signed.cookie(), other.form());

        for (String path : List.of("receive", "send", "faucet", "sign-out", "sent/" + UUID.randomUUID() + "/reclaim")) {
            HttpResponse<String> answer = act(
                    forged,
                    "/wallet/" + path,
                    "ecash",
                    "cashuBx",
                    "amount",
                    "5",
                    "from",
                    "hash " + StubWallet.MINT,
                    "key",
                    UUID.randomUUID().toString());
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
        }
        assertThat(send(post("/wallet/receive", "ecash", "cashuBx").header("Cookie", signed.cookie()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(wallet.received).isEmpty();
        assertThat(wallet.sends).isEmpty();
        assertThat(wallet.reclaimed).isEmpty();
        assertThat(get("/wallet/history", signed.cookie()).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldDoNothingWhenABrowserSaysThatAnotherSiteAsks() throws Exception {
        Signed signed = signIn();

        for (String[] header : new String[][] {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Origin", "https://evil.example"},
            {"Origin", "null"}
        }) {
            HttpResponse<String> answer = send(post("/wallet/receive", "ecash", "cashuBx", "form", signed.form())
                    .header("Cookie", signed.cookie())
                    .header(header[0], header[1]));
            assertThat(answer.statusCode()).as(header[1]).isEqualTo(403);
            assertThat(send(post("/wallet/sign-in", "token", TOKEN).header(header[0], header[1]))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(wallet.received).isEmpty();
    }

    @Test
    void shouldSendOnceWhenTheSameFormComesTwice() throws Exception {
        Signed signed = signIn();
        String key = key(signed);
        String[] form = {"key", key, "amount", "5", "from", "hash " + StubWallet.MINT};

        String first = location(act(signed, "/wallet/send", form));
        String second = location(act(signed, "/wallet/send", form));

        assertThat(second).isEqualTo(first).startsWith("sent/").doesNotContain(StubWallet.TOKEN);
        assertThat(wallet.sends).hasSize(1);
        assertThat(key(signed)).as("another form").isNotEqualTo(key);
        HttpResponse<String> page = get("/wallet/" + first, signed.cookie());
        assertThat(page.body()).contains(StubWallet.TOKEN, "<svg class=\"qr\"");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(get("/wallet/history", signed.cookie()).body())
                .contains(first)
                .doesNotContain(StubWallet.TOKEN);
    }

    @Test
    void shouldKeepTheKeyOfTheFormWhenTheAnswerIsMissing() throws Exception {
        Signed signed = signIn();
        String key = key(signed);
        wallet.failure = new ApiFailure(503, "pending", "operation 1 is kept and will be tried again");

        HttpResponse<String> failed =
                act(signed, "/wallet/send", "key", key, "amount", "5", "from", "hash " + StubWallet.MINT);

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.body()).contains("is kept and will be tried again");
        assertThat(field(failed.body(), "key")).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1,5", "5e3", "", "99999999999999999999999"})
    void shouldSendNothingWhenTheAmountIsNoWholeNumber(String amount) throws Exception {
        Signed signed = signIn();
        String key = key(signed);

        HttpResponse<String> refused =
                act(signed, "/wallet/send", "key", key, "amount", amount, "from", "hash " + StubWallet.MINT);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("whole number");
        assertThat(field(refused.body(), "key")).isEqualTo(key);
        assertThat(wallet.sends).isEmpty();
    }

    @Test
    void shouldReceiveALongTokenWithoutTheBreaksOfItsLines() throws Exception {
        Signed signed = signIn();
        String token = "cashuB" + "x".repeat(100_000);

        assertThat(location(act(signed, "/wallet/receive", "ecash", " " + token.replaceAll("(.{70})", "$1\r\n"))))
                .isEqualTo("history");

        assertThat(wallet.received).containsExactly(token);
        String page = get("/wallet/history", signed.cookie()).body();
        assertThat(page).contains("Received: 10 ehash; the mint kept 1.");
        assertThat(get("/wallet/history", signed.cookie()).body()).doesNotContain("Received: 10");
    }

    @Test
    void shouldTakeBackASendAndShowThatItsTokenIsGone() throws Exception {
        Signed signed = signIn();
        UUID id = UUID.randomUUID();

        assertThat(location(act(signed, "/wallet/sent/" + id + "/reclaim"))).isEqualTo("../../history");

        assertThat(wallet.reclaimed).containsExactly(id);
        assertThat(get("/wallet/sent/" + id, signed.cookie()).body()).doesNotContain(StubWallet.TOKEN);
    }

    @Test
    void shouldOfferTheFaucetOnlyWhenThereIsOne() throws Exception {
        Signed signed = signIn();
        assertThat(get("/wallet/history", signed.cookie()).body()).doesNotContain("Faucet");
        assertThat(get("/wallet/faucet", signed.cookie()).statusCode()).isEqualTo(404);

        wallet.faucet = true;

        assertThat(get("/wallet/history", signed.cookie()).body()).contains("Faucet");
        String key = field(get("/wallet/faucet", signed.cookie()).body(), "key");
        assertThat(location(act(signed, "/wallet/faucet", "key", key, "amount", "5")))
                .startsWith("sent/");
    }

    @Test
    void shouldSayThatTheTranslatorIsAway() throws Exception {
        Signed signed = signIn();
        wallet.failure = new ApiFailure(503, "translator-away", "Its wallet goes on by itself.");

        HttpResponse<String> page = get("/wallet/history", signed.cookie());

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("The translator does not answer", "Sign out");
    }

    @Test
    void shouldLetNobodyInWhenThereIsNoToken() throws Exception {
        HttpServer without = serve(Optional.empty());

        for (String path : List.of("/wallet/sign-in", "/wallet/history", "/wallet/send")) {
            HttpResponse<String> answer = send(request(without, path));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("[web] token");
        }
        assertThat(send(request(without, "/wallet/sign-in")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("token=")))
                        .statusCode())
                .isEqualTo(403);
    }
}
