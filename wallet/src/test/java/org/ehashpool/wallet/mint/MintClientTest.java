package org.ehashpool.wallet.mint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.cashu.error.ErrorCode;
import org.ehashpool.cashu.keyset.KeysetId;
import org.ehashpool.cashu.point.PublicKey;
import org.ehashpool.cashu.point.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mints that answer what no honest one does. */
class MintClientTest {

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final PublicKey Y = key(1);
    private static final PublicKey OTHER = key(2);

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final MintClient client;

    MintClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        client = client(DEADLINE);
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "<html>", "{\"pubkey\": 1}", "{\"pubkey\": \"02ab\"}"})
    void shouldBlameTheMintWhenItsInformationIsNone(String body) {
        answer(200, body);

        assertThatThrownBy(client::info).isInstanceOf(MintFaultException.class);
    }

    @Test
    void shouldReadTheBatchSizeWithinBounds() {
        answer(200, "{\"pubkey\":\"" + Y + "\",\"nuts\":{\"29\":{\"max_batch_size\":100000}}}");

        assertThat(client.info()).isEqualTo(new MintInfo(Y, 100));
    }

    @Test
    void shouldHaveNoBatchesWhenTheMintHasNot() {
        answer(200, "{\"pubkey\":\"" + Y + "\",\"nuts\":{}}");

        assertThat(client.info().batch()).isEqualTo(1);
    }

    @Test
    void shouldTellARefusalWithItsCode() {
        answer(400, "{\"detail\":\"Keyset is inactive\\n\\u001b[31mred\",\"code\":12002}");

        assertThatExceptionOfType(MintRefusedException.class)
                .isThrownBy(client::info)
                .satisfies(refusal -> {
                    assertThat(refusal.is(ErrorCode.KEYSET_INACTIVE)).isTrue();
                    assertThat(refusal.problem()).doesNotContain("\n").doesNotContain("\u001b");
                });
    }

    @Test
    void shouldCutAMintsWordsShort() {
        answer(400, "{\"detail\":\"" + "a".repeat(8_000) + "\",\"code\":0}");

        assertThatExceptionOfType(MintRefusedException.class)
                .isThrownBy(client::info)
                .satisfies(refusal -> assertThat(refusal.problem()).hasSizeLessThan(250));
    }

    @Test
    void shouldNotTakeAnotherServersErrorForARefusal() {
        answer(400, "<html>Bad Request</html>");

        assertThatThrownBy(client::info).isInstanceOf(MintFaultException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503})
    void shouldTryLaterWhenTheMintIsBusyOrBroken(int status) {
        answer(status, "{\"detail\":\"no\",\"code\":20002}");

        assertThatThrownBy(client::info).isInstanceOf(MintUnavailableException.class);
    }

    @Test
    void shouldNotFollowRedirections() {
        AtomicInteger followed = new AtomicInteger();
        handle("/elsewhere", exchange -> {
            followed.incrementAndGet();
            respond(exchange, 200, "{\"pubkey\":\"" + Y + "\"}");
        });
        handle("/v1/info", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            respond(exchange, 307, "");
        });

        assertThatThrownBy(client::info).isInstanceOf(MintFaultException.class);
        assertThat(followed).hasValue(0);
    }

    @Test
    void shouldStopReadingAnAnswerWithoutEnd() {
        AtomicInteger megabytes = new AtomicInteger();
        handle("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] megabyte = "[".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            try (OutputStream body = exchange.getResponseBody()) {
                while (over.getCount() > 0) {
                    body.write(megabyte);
                    megabytes.incrementAndGet();
                }
            }
        });

        assertThatThrownBy(() -> client(Duration.ofSeconds(20)).info()).isInstanceOf(MintUnavailableException.class);
        // What is in buffers on the way was written, too.
        assertThat(megabytes.get()).isLessThan(64);
    }

    @Test
    void shouldGiveUpWhenTheAnswerStopsHalfway() {
        handle("/", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(over);
        });

        assertThatThrownBy(() -> client(Duration.ofMillis(300)).info())
                .isInstanceOf(MintUnavailableException.class)
                .hasMessageContaining("no answer");
    }

    @Test
    void shouldGiveUpWhenThereIsNoAnswer() {
        handle("/", exchange -> await(over));

        assertThatThrownBy(() -> client(Duration.ofMillis(300)).info()).isInstanceOf(MintUnavailableException.class);
    }

    @Test
    void shouldBeUnavailableWhenNobodyListens() {
        server.stop(0);

        assertThatThrownBy(client::info).isInstanceOf(MintUnavailableException.class);
    }

    @Test
    void shouldRefuseKeysThatDoNotBelongToTheirId() {
        answer(
                200,
                "{\"keysets\":[{\"id\":\"009a1f293253e41e\",\"unit\":\"hash\",\"active\":true,\"keys\":{\"1\":\"" + Y
                        + "\"}}]}");

        assertThatThrownBy(() -> client.keyset(KeysetId.parse("009a1f293253e41e")))
                .isInstanceOf(MintFaultException.class);
        assertThatThrownBy(() -> client.keyset(KeysetId.parse("009a1f293253e41f")))
                .isInstanceOf(MintFaultException.class)
                .hasMessageContaining("not of keyset");
    }

    @Test
    void shouldRefuseStatesOfOtherProofs() {
        answer(200, "{\"states\":[{\"Y\":\"" + OTHER + "\",\"state\":\"UNSPENT\"}]}");

        assertThatThrownBy(() -> client.states(List.of(Y))).isInstanceOf(MintFaultException.class);
    }

    @Test
    void shouldRefuseFewerStatesThanProofs() {
        answer(200, "{\"states\":[]}");

        assertThatThrownBy(() -> client.states(List.of(Y))).isInstanceOf(MintFaultException.class);
    }

    @Test
    void shouldRefuseMoreSignaturesThanOutputs() {
        answer(
                200,
                "{\"signatures\":[{\"amount\":1,\"id\":\"009a1f293253e41e\",\"C_\":\"" + Y + "\",\"dleq\":{\"e\":\""
                        + "11".repeat(32) + "\",\"s\":\"" + "11".repeat(32) + "\"}}]}");

        assertThatThrownBy(() -> client.swap(List.of(), List.of()))
                .isInstanceOf(MintFaultException.class)
                .hasMessageContaining("1 signatures for 0 outputs");
    }

    private MintClient client(Duration deadline) {
        return new MintClient(
                MintClient.http(deadline),
                new MintUrl("http://127.0.0.1:" + server.getAddress().getPort()),
                deadline);
    }

    private void answer(int status, String body) {
        handle("/", exchange -> respond(exchange, status, body));
    }

    private void handle(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static void respond(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[SecretKey.LENGTH];
        bytes[0] = (byte) number;
        return SecretKey.of(bytes).publicKey();
    }
}
