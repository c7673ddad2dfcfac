package org.ehashpool.poolstats.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ehashpool.cashu.json.JsonText;
import org.ehashpool.cashu.json.QuoteMessages.LookupAnswer;
import org.ehashpool.cashu.json.QuoteMessages.LookupRequest;
import org.ehashpool.cashu.json.QuoteMessages.QuoteAnswer;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.ehashpool.kit.http.ApiFailure;
import org.ehashpool.statistics.earnings.Earnings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class MintLookupsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final PublicKey KEY = SecretKey.parse("51".repeat(32)).publicKey();

    private final List<LookupRequest> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private MintLookups lookups;
    private String mint;
    private volatile Function<LookupRequest, Reply> reply = request -> page(List.of(), Optional.empty());

    /** What the mint answers. */
    private record Reply(int status, String body) {}

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/mint/quote/ehash/pubkey", this::answer);
        server.createContext("/elsewhere", exchange -> send(exchange, page(List.of(), Optional.empty())));
        server.start();
        mint = "http://127.0.0.1:" + server.getAddress().getPort();
        lookups = new MintLookups(List.of(new MintConfig(URI.create(mint + "/"), Optional.empty())), () -> NOW);
    }

    @AfterEach
    void close() throws InterruptedException {
        lookups.stop().await();
        server.stop(0);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        LookupRequest request = LookupRequest.read(JsonText.read(body, 65_536));
        asked.add(request);
        send(exchange, reply.apply(request));
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        if (reply.status() == 302) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Reply page(List<QuoteAnswer> quotes, Optional<String> cursor) {
        return new Reply(200, new LookupAnswer(quotes, cursor).encode());
    }

    private static String request(Instant signedAt) {
        return new LookupRequest(
                        List.of(KEY),
                        List.of("ab".repeat(64)),
                        signedAt.getEpochSecond(),
                        true,
                        OptionalLong.of(3),
                        Optional.of("a cursor"))
                .encode();
    }

    private Earnings found() {
        return lookups.ask(mint, request(NOW)).await();
    }

    private ApiFailure failure(Future<Earnings> answer) {
        Throwable thrown = catchThrowable(() -> answer.await());
        assertThat(thrown).isInstanceOf(ApiFailure.class);
        return (ApiFailure) thrown;
    }

    @Test
    void shouldAskForEveryPageWithTheSameSignatureWhenThereAreMany() {
        reply = request -> {
            int from = Integer.parseInt(request.cursor().orElse("0"));
            return page(
                    IntStream.range(from, from + 500)
                            .mapToObj(number -> QuoteSumTest.quote("q" + number, KEY, "hash", "3", "1", number))
                            .toList(),
                    from == 1000 ? Optional.empty() : Optional.of(Integer.toString(from + 500)));
        };

        Earnings earnings = found();

        assertThat(earnings.complete()).isTrue();
        assertThat(earnings.at()).isEqualTo(NOW);
        assertThat(earnings.mint()).isEqualTo(mint);
        assertThat(earnings.keys().getFirst().totals()).singleElement().satisfies(total -> {
            assertThat(total.quotes()).isEqualTo(1500);
            assertThat(total.earned()).isEqualTo(4500);
            assertThat(total.issued()).isEqualTo(1500);
            assertThat(total.unclaimed()).isEqualTo(3000);
        });
        assertThat(asked).hasSize(3).allSatisfy(one -> {
            assertThat(one.signatures()).containsExactly("ab".repeat(64));
            assertThat(one.onlyMintable()).isFalse();
            assertThat(one.limit()).hasValue(500);
        });
        assertThat(asked.getFirst().cursor()).isEmpty();
    }

    @Test
    void shouldSayThatItIsNotAllWhenThereAreMoreQuotesThanAreAskedFor() {
        reply = request -> {
            int from = Integer.parseInt(request.cursor().orElse("0"));
            return page(
                    IntStream.range(from, from + 500)
                            .mapToObj(number -> QuoteSumTest.quote("q" + number, KEY, "hash", "1", "0", 1))
                            .toList(),
                    Optional.of(Integer.toString(from + 500)));
        };

        Earnings earnings = found();

        assertThat(earnings.complete()).isFalse();
        assertThat(earnings.keys().getFirst().totals().getFirst().quotes()).isEqualTo(20_000);
        assertThat(asked).hasSize(40);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"detail": "no", "code": 20008}       | 403 | signature-refused
            400 | {"detail": "no such page", "code": 0} | 400 | refused
            400 | {"error": "not a mint's"}             | 502 | mint-fault
            200 | {"quotes": 7}                         | 502 | mint-fault
            200 | no JSON                               | 502 | mint-fault
            404 | ''                                    | 502 | mint-fault
            302 | ''                                    | 502 | mint-fault
            429 | ''                                    | 503 | mint-busy
            500 | ''                                    | 503 | mint-away
            """)
    void shouldSayWhoIsToBlameWhenTheMintDoesNotTell(int status, String body, int ours, String code) {
        reply = request -> new Reply(status, body);

        ApiFailure failure = failure(lookups.ask(mint, request(NOW)));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.status()).isEqualTo(ours);
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldSayThatItIsTooOldWhenTheMintRefusesAnOldRequest() {
        reply = request -> new Reply(400, "{\"detail\": \"the timestamp is off\", \"code\": 0}");

        ApiFailure failure = failure(lookups.ask(mint, request(NOW.minusSeconds(301))));

        assertThat(failure.code()).isEqualTo("expired");
        assertThat(failure.getMessage()).contains("the timestamp is off").contains("5 minutes");
        assertThat(failure(lookups.ask(mint, request(NOW.minusSeconds(299)))).code())
                .isEqualTo("refused");
    }

    @Test
    void shouldNotShowWhatTheMintCannotMeanWhenItsPagesGoInACircle() {
        reply = request -> page(List.of(), Optional.of("again"));

        assertThat(failure(lookups.ask(mint, request(NOW))).code()).isEqualTo("mint-fault");
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldNotReadOnWhenAnAnswerIsTooLong() {
        reply = request -> new Reply(200, " ".repeat(MintConnection.LONGEST_ANSWER + 1));

        assertThat(failure(lookups.ask(mint, request(NOW))).code()).isEqualTo("mint-away");
    }

    @Test
    void shouldKeepTheMintsWordsShortWhenItHasMany() {
        reply = request -> new Reply(400, "{\"detail\": \"" + "x\\n".repeat(500) + "\", \"code\": 1}");

        assertThat(String.valueOf(failure(lookups.ask(mint, request(NOW))).getMessage()))
                .hasSizeLessThan(260)
                .doesNotContain("\n");
    }

    @Test
    void shouldAskNobodyWhenTheRequestIsNoneOrTheMintIsAStranger() {
        assertThat(failure(lookups.ask("http://127.0.0.1:1", request(NOW))).code())
                .isEqualTo("unknown-mint");
        assertThat(failure(lookups.ask(mint, "nonsense")).code()).isEqualTo("invalid-lookup");
        assertThat(failure(lookups.ask(mint, "{\"pubkeys\": []}")).getMessage()).contains("pubkey_signatures");
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldSayThatTheMintIsAwayWhenNobodyListens() {
        server.stop(0);

        ApiFailure failure = failure(lookups.ask(mint, request(NOW)));

        assertThat(failure.code()).isEqualTo("mint-away");
        assertThat(failure.getMessage()).contains("Nothing is lost");
    }

    @Test
    void shouldRefuseAtOnceWhenManyAreAsking() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(4);
        reply = request -> {
            arrived.countDown();
            try {
                assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return page(List.of(), Optional.empty());
        };
        List<Future<Earnings>> slow = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            slow.add(lookups.ask(mint, request(NOW)));
        }
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(failure(lookups.ask(mint, request(NOW))).code()).isEqualTo("busy");

        go.countDown();
        assertThat(slow)
                .allSatisfy(answer -> assertThat(answer.await().complete()).isTrue());
    }
}
