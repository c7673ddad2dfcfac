package org.ehashpool.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cashu.amount.Amount;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.ClientAddresses;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.http.HttpEndpoint;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.sv2.admission.AddressRange;
import org.ehashpool.wallet.api.FaucetApi;
import org.ehashpool.wallet.api.WalletApi;
import org.ehashpool.wallet.faucet.Faucet;
import org.ehashpool.wallet.faucet.FaucetLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wallet over HTTP, with a wallet and a mint behind it. */
final class WalletApiIT extends WalletScenario {

    private static final String TOKEN = "a token of the operator's";
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final Vertx vertx = Vertx.vertx();
    private final ServiceMetrics metrics = ServiceMetrics.create("wallet", "test");
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpEndpoint endpoint = new HttpEndpoint(
            vertx,
            new HttpConfig(
                    HostPort.parse("127.0.0.1:0"),
                    ByteSize.parse("2MiB"),
                    64,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Optional.of(Secret.of(TOKEN))),
            () -> true,
            new HealthChecks(vertx),
            new StateReport(JsonObject::new),
            metrics);
    private boolean open = true;

    @BeforeEach
    void listen() throws Exception {
        new WalletApi(() -> open ? Optional.of(wallet()) : Optional.empty(), true)
                .mount(endpoint.router(), endpoint.bearerGuard());
        endpoint.listen().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        endpoint.close(Duration.ZERO).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        metrics.close();
        client.close();
    }

    private HttpResponse<String> call(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + "/api/v1/wallet" + path))
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonObject good(String method, String path, JsonObject body) throws IOException, InterruptedException {
        HttpResponse<String> answer = call(method, path, body.isEmpty() ? "" : body.encode(), TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private void assertRefused(int status, String code, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = call(method, path, body, TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("code"))
                .isEqualTo(code);
    }

    @Test
    void shouldShowAuditorsWhatWasMintedOfEachQuote() throws Exception {
        String one = quote(1000);
        String other = quote(7);
        claim();
        quote(5);
        String mint = mint().publicKey().toString();
        JsonObject keys = good("GET", "/audit/keys", new JsonObject());
        assertThat(keys.getJsonArray("keys")).contains(wallet().lockingKey().toString());
        assertThat(keys.getJsonArray("mints")).containsExactly(mint);
        JsonArray claims =
                good("GET", "/audit/claims?mint=" + mint, new JsonObject()).getJsonArray("claims");
        assertThat(claims.stream().map(claim -> ((JsonObject) claim).getString("quote")))
                .containsExactlyInAnyOrder(one, other);
        assertThat(claims.stream().map(claim -> ((JsonObject) claim).getString("claimed")))
                .containsExactlyInAnyOrder("1000", "7");
        String first = claims.getJsonObject(0).getString("share_hash");
        assertThat(good("GET", "/audit/claims?mint=" + mint + "&after=" + first, new JsonObject())
                        .getJsonArray("claims"))
                .isEqualTo(new JsonArray(List.of(claims.getJsonObject(1))));
        assertThat(good("GET", "/audit/claims?mint=" + mint + "&share_hash=" + first, new JsonObject())
                        .getJsonArray("claims"))
                .isEqualTo(new JsonArray(List.of(claims.getJsonObject(0))));
        assertThat(good("GET", "/audit/claims?mint=" + wallet().lockingKey(), new JsonObject())
                        .getJsonArray("claims"))
                .isEmpty();
        assertRefused(400, "invalid-query", "GET", "/audit/claims", "");
        assertRefused(400, "invalid-query", "GET", "/audit/claims?mint=" + mint + "&after=x", "");
    }

    private HttpResponse<String> ask(String body, String client) throws IOException, InterruptedException {
        return this.client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + FaucetApi.PATH))
                        .POST(BodyPublishers.ofString(body))
                        .header("X-Forwarded-For", client)
                        .build(),
                BodyHandlers.ofString());
    }

    private void openFaucet(List<AddressRange> proxies) {
        FaucetLimits limits = new FaucetLimits("hash", Amount.of(100), Amount.of(100), Amount.of(500), Amount.of(850));
        Faucet faucet = new Faucet(wallet(), store(), limits, clock);
        new FaucetApi(() -> Optional.of(faucet), limits, new ClientAddresses(proxies), () -> 0)
                .mount(endpoint.router());
    }

    @Test
    void shouldGiveWithoutTheTokenWithinTheLimitsOfAnAddress() throws Exception {
        quote(1000);
        claim();
        assertThat(ask("{}", "198.51.100.1").statusCode()).isEqualTo(404);
        openFaucet(List.of(AddressRange.parse("127.0.0.1")));

        String wish = "{\"amount\":\"100\",\"idempotency_key\":\"mine\"}";
        JsonObject given = new JsonObject(ask(wish, "198.51.100.1").body());
        assertThat(given.getString("kind")).isEqualTo("faucet");
        assertThat(given.getString("token")).startsWith("cashuB");
        assertThat(new JsonObject(ask(wish, "198.51.100.1").body())).isEqualTo(given);

        HttpResponse<String> more = ask(wish.replace("mine", "another"), "198.51.100.1");
        assertThat(more.statusCode()).isEqualTo(429);
        assertThat(more.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(86_000L, 86_400L);
        assertThat(new JsonObject(more.body()).getJsonObject("error").getString("message"))
                .contains("this address had 100 hash");

        HttpResponse<String> empty = ask(wish, "198.51.100.2");
        assertThat(empty.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(empty.body()).getJsonObject("error").getString("code"))
                .isEqualTo("faucet-empty");
        assertThat(ask("{\"amount\":\"101\",\"idempotency_key\":\"k\"}", "198.51.100.3")
                        .statusCode())
                .isEqualTo(400);
        assertThat(ask("{\"amount\":\"1\"}", "198.51.100.3").statusCode()).isEqualTo(400);
        assertThat(good("GET", "/history", new JsonObject())
                        .getJsonArray("operations")
                        .getJsonObject(0)
                        .getString("kind"))
                .isEqualTo("faucet");
    }

    @Test
    void shouldTellAnAddressToComeBackLaterThatAsksTooOftenWhoeverItSaysItIs() throws Exception {
        openFaucet(List.of());
        for (int i = 0; i < 10; i++) {
            assertThat(ask("{", "198.51.100." + i).statusCode()).isEqualTo(400);
        }
        HttpResponse<String> refused = ask("{", "198.51.100.11");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");
    }

    private static JsonObject order(String amount) {
        return new JsonObject().put("amount", amount);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,''",
        "GET,/history",
        "POST,/send",
        "POST,/send/" + NOBODY + "/reclaim",
        "POST,/receive",
        "GET,/audit/keys",
        "GET,/audit/claims"
    })
    void shouldServeNobodyWithoutTheToken(String method, String path) throws Exception {
        assertThat(call(method, path, method.equals("POST") ? "{}" : "", "another")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldShowTheWalletAndItsHistory() throws Exception {
        quote(1000);
        claim();
        JsonObject shown = good("GET", "", new JsonObject());
        assertThat(shown.getString("notice")).contains("cannot yet be exchanged");
        assertThat(shown.getJsonArray("balances").getJsonObject(0).getString("unspent"))
                .isEqualTo("1000");
        assertThat(shown.getString("claimed_total")).isEqualTo("1000");
        assertThat(shown.getInteger("open_operations")).isZero();
        assertThat(shown.getString("locking_key"))
                .isEqualTo(wallet().lockingKey().toString());
        assertThat(shown.getJsonObject("backup").getBoolean("seed_sealed")).isTrue();
        JsonObject history = good("GET", "/history", new JsonObject());
        JsonObject claim = history.getJsonArray("operations").getJsonObject(0);
        assertThat(claim.getString("kind")).isEqualTo("claim");
        assertThat(claim.getString("amount")).isEqualTo("1000");
        assertThat(good("GET", "/history?after=" + claim.getString("id"), new JsonObject())
                        .getJsonArray("operations"))
                .isEmpty();
    }

    @Test
    void shouldSendOnceForOneKeyAndReclaimOnce() throws Exception {
        quote(1000);
        claim();
        JsonObject order = order("100").put("idempotency_key", "one");
        JsonObject first = good("POST", "/send", order);
        JsonObject second = good("POST", "/send", order);
        assertThat(second).isEqualTo(first);
        assertThat(first.getString("token")).startsWith("cashuB");
        assertUnspent(900);
        assertRefused(
                409,
                "conflict",
                "POST",
                "/send",
                order.copy().put("amount", "101").encode());
        JsonObject reclaim = good("POST", "/send/" + first.getString("id") + "/reclaim", new JsonObject());
        assertThat(reclaim.getString("kind")).isEqualTo("reclaim");
        assertUnspent(1000);
        assertRefused(409, "spent", "POST", "/send/" + first.getString("id") + "/reclaim", "");
    }

    @Test
    void shouldReceiveATokenOnceAndRefuseToReclaimIt() throws Exception {
        quote(1000);
        claim();
        JsonObject send = good("POST", "/send", order("100"));
        JsonObject token = new JsonObject(Map.of("token", send.getString("token")));
        assertThat(good("POST", "/receive", token).getString("amount")).isEqualTo("100");
        assertUnspent(1000);
        assertRefused(409, "spent", "POST", "/receive", token.encode());
        assertRefused(409, "spent", "POST", "/send/" + send.getString("id") + "/reclaim", "");
        assertNothingLost();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "{}",
                "{\"amount\":100}",
                "{\"amount\":\"-1\"}",
                "{\"amount\":\"1.5\"}",
                "{\"amount\":\"18446744073709551616\"}",
                "{\"amount\":\"1\",\"mint\":\"ftp://elsewhere\"}",
                "{\"amount\":\"1\",\"unit\":7}"
            })
    void shouldRefuseABodyThatIsNoOrder(String body) throws Exception {
        assertRefused(400, "invalid-body", "POST", "/send", body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "{\"token\":1}"})
    void shouldRefuseABodyThatIsNoReceipt(String body) throws Exception {
        assertRefused(400, "invalid-body", "POST", "/receive", body);
    }

    @Test
    void shouldSayWhyAnOrderCannotBeDone() throws Exception {
        assertRefused(409, "insufficient", "POST", "/send", order("1").encode());
        assertRefused(400, "invalid", "POST", "/send", order("0").encode());
        assertRefused(
                400,
                "mint-not-trusted",
                "POST",
                "/send",
                order("1").put("mint", "https://other.example").encode());
        assertRefused(400, "invalid", "POST", "/receive", "{\"token\":\"cashuBnonsense\"}");
        assertRefused(404, "unknown", "POST", "/send/" + UUID.randomUUID() + "/reclaim", "");
        assertRefused(404, "not-found", "POST", "/send/none/reclaim", "");
        open = false;
        assertRefused(503, "wallet-not-open", "GET", "", "");
    }
}
