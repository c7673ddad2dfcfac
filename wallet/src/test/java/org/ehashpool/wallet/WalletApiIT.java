package org.ehashpool.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.http.HttpEndpoint;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.wallet.api.WalletApi;
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

    private static JsonObject order(String amount) {
        return new JsonObject().put("amount", amount);
    }

    @ParameterizedTest
    @CsvSource({"GET,''", "GET,/history", "POST,/send", "POST,/send/" + NOBODY + "/reclaim", "POST,/receive"})
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
