package org.ehashpool.mint.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.ehashpool.cashu.blind.HashToCurve;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.mint.MintProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes on one database are one mint. Outputs are not blinded here (B_ is the secret's point), so that a
 * signature is a proof's C without a wallet.
 */
final class TwoProcessesIT {

    private static final int ROUNDS = 10;
    private static final int AT_ONCE = 32;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private static Path home;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<MintProcess> MINTS = new ArrayList<>();
    private static final List<String> ADDRESSES = new ArrayList<>();

    private static int secrets;

    @BeforeAll
    static void start() throws Exception {
        // Its tables, empty.
        TestServer.open(new SimpleMeterRegistry()).close();
        TestServer.execute(MintScenario.TRUNCATE);
        PostgresLogin login = TestServer.login();
        Map<String, String> settings = Map.of(
                "MINT__PROFILE",
                "test",
                "MINT__DATABASE__URL",
                login.url(),
                "MINT__DATABASE__USER",
                login.user(),
                "MINT__DATABASE__PASSWORD",
                login.password(),
                "MINT__PUBLIC__REQUESTS_PER_SECOND",
                "100000",
                "MINT__PUBLIC__REQUEST_BURST",
                "100000");
        for (int i = 0; i < 2; i++) {
            MintProcess mint = MintProcess.launch(home, settings);
            MINTS.add(mint);
            ADDRESSES.add("http://" + mint.awaitReady().publicAddress());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (MintProcess mint : MINTS) {
            mint.stop();
        }
        MintScenario.assertBooksBalance();
    }

    @Test
    void shouldSpendAProofOnceWhenBothAreAsked() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String secret = secret();
            String signature = signatures(post(0, "/v1/mint/bolt11", mint(quote(0), output(secret))))
                    .getJsonObject(0)
                    .getString("C_");
            JsonObject input = new JsonObject()
                    .put("amount", 1)
                    .put("id", keyset())
                    .put("secret", secret)
                    .put("C", signature);

            List<HttpResponse<String>> answers = race(
                    "/v1/swap",
                    i -> new JsonObject()
                            .put("inputs", new JsonArray().add(input))
                            .put("outputs", new JsonArray().add(output(secret())))
                            .encode());

            assertOneIsDone(answers, ErrorCode.PROOFS_SPENT, ErrorCode.PROOFS_PENDING);
        }
    }

    @Test
    void shouldMintFromAQuoteOnceWhenBothAreAskedForDifferentOutputs() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String quote = quote(round % 2);

            List<HttpResponse<String>> answers = race("/v1/mint/bolt11", i -> mint(quote, output(secret())));

            assertOneIsDone(answers, ErrorCode.QUOTE_ISSUED, ErrorCode.QUOTE_PENDING);
        }
    }

    @Test
    void shouldAnswerTheSameWhenBothAreAskedForTheSame() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String request = mint(quote(0), output(secret()));

            List<HttpResponse<String>> answers = race("/v1/mint/bolt11", i -> request);

            Set<String> bodies = new HashSet<>();
            for (HttpResponse<String> answer : answers) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                bodies.add(answer.body());
            }
            assertThat(bodies).hasSize(1);
        }
    }

    @Test
    void shouldSignWithTheNewKeysetOnlyWhenTheOtherWasRotated() throws Exception {
        String old = keyset();
        JsonObject output = output(secret());
        String quote = quote(1);
        HttpResponse<String> rotated = CLIENT.send(
                HttpRequest.newBuilder(
                                URI.create("http://" + MINTS.getFirst().managementAddress() + "/api/v1/keysets/rotate"))
                        .header("Authorization", "Bearer " + MintProcess.TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"unit\":\"sat\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String young = new JsonObject(rotated.body()).getString("id");
        assertThat(young).as(rotated.body()).isNotEqualTo(old);

        HttpResponse<String> withOld = post(1, "/v1/mint/bolt11", mint(quote, output));
        HttpResponse<String> withYoung = post(1, "/v1/mint/bolt11", mint(quote, output.put("id", young)));

        assertThat(new JsonObject(withOld.body()).getInteger("code")).isEqualTo(ErrorCode.KEYSET_INACTIVE.number());
        assertThat(signatures(withYoung)).hasSize(1);
    }

    private static void assertOneIsDone(List<HttpResponse<String>> answers, ErrorCode... otherwise) {
        List<Integer> codes = new ArrayList<>();
        int done = 0;
        for (HttpResponse<String> answer : answers) {
            if (answer.statusCode() == 200) {
                done++;
            } else {
                codes.add(new JsonObject(answer.body()).getInteger("code"));
            }
        }
        assertThat(done).as("others: %s", codes).isEqualTo(1);
        assertThat(codes)
                .isSubsetOf(Arrays.stream(otherwise).map(ErrorCode::number).toList());
    }

    /** As many requests at once, to both in turn. */
    private static List<HttpResponse<String>> race(String path, IntFunction<String> body) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            sent.add(CLIENT.sendAsync(request(i % 2, path, body.apply(i)), HttpResponse.BodyHandlers.ofString()));
        }
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> answer : sent) {
            answers.add(answer.get(60, TimeUnit.SECONDS));
        }
        return answers;
    }

    private static HttpResponse<String> post(int mint, String path, String body) throws Exception {
        return CLIENT.send(request(mint, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(int mint, String path, String body) {
        return HttpRequest.newBuilder(URI.create(ADDRESSES.get(mint) + path))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String quote(int mint) throws Exception {
        HttpResponse<String> made = post(mint, "/v1/mint/quote/bolt11", "{\"unit\":\"sat\",\"amount\":1}");
        @Nullable String quote = new JsonObject(made.body()).getString("quote");
        assertThat(quote).as(made.body()).isNotNull();
        return quote;
    }

    private static String mint(String quote, JsonObject output) {
        return new JsonObject()
                .put("quote", quote)
                .put("outputs", new JsonArray().add(output))
                .encode();
    }

    private static JsonObject output(String secret) {
        return new JsonObject()
                .put("amount", 1)
                .put("id", keyset())
                .put("B_", HashToCurve.of(secret).toString());
    }

    private static JsonArray signatures(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getJsonArray("signatures");
    }

    /** The one that signs, as the first process knows it. */
    private static String keyset() {
        try {
            HttpResponse<String> keys = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(ADDRESSES.getFirst() + "/v1/keys"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new JsonObject(keys.body())
                    .getJsonArray("keysets")
                    .getJsonObject(0)
                    .getString("id");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized String secret() {
        return "two processes, secret " + secrets++;
    }
}
