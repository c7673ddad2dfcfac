package org.ehashpool.proxystats.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.statistics.wallet.WalletActions.Order;
import org.ehashpool.statistics.wallet.WalletActions.Sent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TranslatorWalletTest {
    private static final UUID ID = UUID.fromString("7f3b2c1a-0000-4000-8000-000000000000");
    private static final String OPERATION = """
            {"id": "7f3b2c1a-0000-4000-8000-000000000000", "kind": "send", "state": "done", "mint": "https://m.example",
             "unit": "hash", "amount": "18446744073709551615", "fee": "0", "problem": null, "created_at": 1000,
             "updated_at": 1000, "token": "cashuBx", "more": [1]}""";

    private final Vertx vertx = Vertx.vertx();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Function<Call, Reply> reply = call -> new Reply(200, OPERATION);
    private HttpServer server;
    private TranslatorWallet wallet;

    private record Call(String method, String path, String authorization, String forwarded, String body) {}

    private record Reply(int status, String body) {}

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        wallet = of(server.getAddress().getPort());
    }

    private TranslatorWallet of(int port) {
        return new TranslatorWallet(
                new TranslatorConfig(
                        URI.create("http://127.0.0.1:" + port + "/"), Secret.of("the-token"), Optional.empty()),
                vertx,
                Duration.ofSeconds(2));
    }

    @AfterEach
    void close() throws InterruptedException {
        wallet.stop().await();
        server.stop(0);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        vertx.close().await();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Call call = new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                String.valueOf(exchange.getRequestHeaders().getFirst("X-Forwarded-For")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        calls.add(call);
        Reply answer = reply.apply(call);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        if (answer.status() == 302) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static ApiFailure failure(Future<?> answer) {
        Throwable cause = catchThrowable(() -> answer.await(10, TimeUnit.SECONDS));
        assertThat(cause).isInstanceOf(ApiFailure.class);
        return (ApiFailure) cause;
    }

    private static String error(String code, String message) {
        return new JsonObject()
                .put("error", new JsonObject().put("code", code).put("message", message))
                .encode();
    }

    @Test
    void shouldSendTheOrderWithItsKeyAndTheTranslatorsToken() throws Exception {
        Sent sent = wallet.send(new Order(BigInteger.TWO, "hash", "https://m.example", "key-1"))
                .await(10, TimeUnit.SECONDS);

        Call call = calls.getFirst();
        assertThat(calls).hasSize(1);
        assertThat(call.method() + " " + call.path()).isEqualTo("POST /api/v1/wallet/send");
        assertThat(call.authorization()).isEqualTo("Bearer the-token");
        assertThat(new JsonObject(call.body()))
                .isEqualTo(new JsonObject()
                        .put("amount", "2")
                        .put("unit", "hash")
                        .put("mint", "https://m.example")
                        .put("idempotency_key", "key-1"));
        assertThat(sent.token()).contains("cashuBx");
        assertThat(sent.toString()).doesNotContain("cashuB");
        assertThat(sent.operation().amount()).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(sent.operation().createdAt()).isEqualTo(Instant.ofEpochSecond(1));
    }

    @Test
    void shouldAskForTheHistoryByPages() throws Exception {
        reply = call -> new Reply(200, "{\"operations\": [" + OPERATION + "], \"next\": \"" + ID + "\"}");

        var page = wallet.history(Optional.of(ID)).await(10, TimeUnit.SECONDS);

        assertThat(calls.getFirst().path()).isEqualTo("/api/v1/wallet/history?after=" + ID);
        assertThat(page.next()).contains(ID);
        assertThat(page.operations()).hasSize(1);
    }

    @Test
    void shouldReadWhatThereIs() throws Exception {
        reply = call -> new Reply(200, """
                {"balances": [{"mint": "https://m.example", "unit": "hash", "unspent": "7", "reserved": "1",
                 "pending": "0", "proofs": 3}], "mints": [{"url": "https://m.example", "problem": "away"},
                 {"url": "https://n.example", "problem": null}], "open_operations": 2,
                 "backup": {"seed_sealed": true, "restorable_from_seed": true}}""");

        var holdings = wallet.holdings().await(10, TimeUnit.SECONDS);

        assertThat(holdings.balances().getFirst().unspent()).isEqualTo(7);
        assertThat(holdings.troubles()).singleElement().extracting("problem").isEqualTo("away");
        assertThat(holdings.sealed()).isTrue();
        assertThat(holdings.openOperations()).isEqualTo(2);
    }

    @Test
    void shouldTellTheFaucetWhoAsksAndFindNoneWhereThereIsNone() throws Exception {
        wallet.give(BigInteger.ONE, "key", "192.0.2.7").await(10, TimeUnit.SECONDS);
        assertThat(calls.getFirst().forwarded()).isEqualTo("192.0.2.7");

        reply = call -> new Reply(404, error("not-found", "There is nothing at this path."));

        assertThat(wallet.faucet().await(10, TimeUnit.SECONDS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid, 400, invalid",
        "409, insufficient, 409, insufficient",
        "502, refused, 502, refused",
        "503, pending, 503, pending",
        "401, unauthorized, 502, translator-refused",
        "403, no-token-configured, 502, translator-refused",
        "500, internal-error, 502, translator-fault"
    })
    void shouldSayWhatTheWalletSaysAndWhatIsBetweenThem(int status, String code, int shown, String shownCode) {
        reply = call -> new Reply(status, error(code, "words\u0000 of it"));

        ApiFailure failure = failure(wallet.receive("cashuBx"));

        assertThat(failure.status()).isEqualTo(shown);
        assertThat(failure.code()).isEqualTo(shownCode);
        assertThat(failure.getMessage()).doesNotContain("\u0000").doesNotContain("cashuB");
    }

    @Test
    void shouldSayThatThereIsNoWalletWhenTheTranslatorHasNone() {
        reply = call -> new Reply(404, error("not-found", "There is nothing at this path."));

        assertThat(failure(wallet.holdings()).code()).isEqualTo("no-wallet");
        assertThat(failure(wallet.sent(ID)).code()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "nonsense", "{}", "{\"id\": 1}", "{\"id\": \"x\", \"kind\": []}"})
    void shouldCallAnAnswerAFaultWhenItMakesNoSense(String body) {
        reply = call -> new Reply(200, body);

        assertThat(failure(wallet.sent(ID)).code()).isEqualTo("translator-fault");
        assertThat(failure(wallet.holdings()).code()).isEqualTo("translator-fault");
    }

    @Test
    void shouldNotFollowARedirection() {
        reply = call -> new Reply(302, "{}");

        assertThat(failure(wallet.holdings()).code()).isEqualTo("translator-fault");
        assertThat(calls).hasSize(1);
    }

    @Test
    void shouldReadNoFurtherWhenTheAnswerIsTooLong() {
        reply = call -> new Reply(200, " ".repeat(TranslatorConnection.LONGEST_ANSWER + 1));

        assertThat(failure(wallet.holdings()).code()).isEqualTo("translator-away");
    }

    @Test
    void shouldWaitNoLongerThanTheLimitAndAskNoSecondTime() {
        CountDownLatch over = new CountDownLatch(1);
        reply = call -> {
            try {
                over.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Reply(200, OPERATION);
        };

        ApiFailure failure = failure(wallet.receive("cashuBx"));
        over.countDown();

        assertThat(failure.code()).isEqualTo("translator-away");
        assertThat(calls).hasSize(1);
    }

    @Test
    void shouldSayThatTheTranslatorIsAwayWhenNobodyListens() {
        server.stop(0);

        assertThat(failure(wallet.holdings()).code()).isEqualTo("translator-away");
    }
}
