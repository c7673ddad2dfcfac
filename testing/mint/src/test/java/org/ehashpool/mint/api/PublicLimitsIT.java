package org.ehashpool.mint.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.mint.api.socket.SocketConfig;
import org.junit.jupiter.api.Test;

/** What anybody may cost the mint. */
final class PublicLimitsIT extends ApiScenario {

    @Override
    protected PublicConfig config() {
        return new PublicConfig(
                HostPort.parse("127.0.0.1:0"),
                List.of(),
                ByteSize.parse("4KiB"),
                ByteSize.parse("6KiB"),
                8,
                4,
                1,
                20,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                new SocketConfig(64, 100, 1000, 10_000, 100_000, ByteSize.parse("256KiB"), Duration.ofSeconds(2)));
    }

    @Test
    void shouldRefuseWith413WhenABodyIsTooLarge() throws Exception {
        HttpResponse<String> announced = post("/v1/swap", " ".repeat(4097));
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(json(announced).path("detail").asText()).contains("4096 bytes");

        HttpResponse<String> chunked = send(HttpRequest.newBuilder(url("/v1/swap"))
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(" ".repeat(4097)))));
        assertThat(chunked.statusCode()).isEqualTo(413);

        assertThat(post("/v1/swap", " ".repeat(4096)).statusCode()).isEqualTo(400);
        assertThat(get("/v1/" + "x".repeat(5_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseWith429WhenAnAddressAsksTooOften() throws Exception {
        int allowed = 0;
        HttpResponse<String> answer = get("/v1/keysets");
        while (answer.statusCode() == 200 && allowed < 100) {
            allowed++;
            answer = get("/v1/keysets");
        }

        assertThat(allowed).isBetween(20, 60);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(json(answer).path("detail").asText()).contains("too many requests");
        HttpResponse<String> forged =
                send(HttpRequest.newBuilder(url("/v1/keysets")).header("X-Forwarded-For", "198.51.100.7"));
        assertThat(forged.statusCode()).as("nobody is a trusted proxy here").isEqualTo(429);
    }

    @Test
    void shouldCountALargeSubscriptionForSeveralRequests() throws Exception {
        SocketWallet wallet = connect();
        String[] many = IntStream.range(0, 1_000)
                .mapToObj(i -> new UUID(0, i).toString())
                .toArray(String[]::new);

        wallet.subscribe(1, "many", "ehash_mint_quote", many);

        assertThat(wallet.next().path("result").path("status").asText()).isEqualTo("OK");
        wallet.subscribe(2, "few", "ehash_mint_quote", many[0]);
        await().until(() -> wallet.socket().isInputClosed());
    }

    @Test
    void shouldCloseConnectionsWhenTheyAreSlowOrIdle() throws Exception {
        try (Socket slowHead = open("POST /v1/swap HT");
                Socket slowBody = open("POST /v1/swap HTTP/1.1\r\nHost: mint\r\nContent-Length: 100\r\n\r\n{");
                Socket idle = open("GET /v1/keysets HTTP/1.1\r\nHost: mint\r\n\r\n")) {
            for (Socket each : new Socket[] {slowHead, slowBody, idle}) {
                each.setSoTimeout(10_000);
                drain(each);
            }
        }
    }

    @Test
    void shouldServeAFewConnectionsOfAnAddressWhenItOpensMany() throws Exception {
        Socket[] sockets = new Socket[6];
        try {
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] = open("");
                sockets[i].setSoTimeout(5_000);
            }
            int closedAtOnce = 0;
            for (Socket socket : sockets) {
                socket.setSoTimeout(200);
                try {
                    closedAtOnce += socket.getInputStream().read() < 0 ? 1 : 0;
                } catch (SocketTimeoutException open) {
                    assertThat(open).isNotNull();
                }
            }
            assertThat(closedAtOnce).isGreaterThanOrEqualTo(2);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await().untilAsserted(() -> assertThat(get("/v1/keysets").statusCode()).isEqualTo(200));
    }

    @Test
    void shouldRefuseWhenItIsNoRequest() throws Exception {
        try (Socket socket = open("\u0016\u0003\u0001 this is TLS\r\n\r\n")) {
            socket.setSoTimeout(10_000);
            assertThat(drain(socket)).contains(" 400 Bad Request").contains("\"code\":0");
        }
        try (Socket socket = open("GET /v1/keys%zz HTTP/1.1\r\nHost: mint\r\n\r\n")) {
            socket.setSoTimeout(10_000);
            assertThat(drain(socket)).startsWith("HTTP/1.1 400").contains("\"code\":0");
        }
    }

    @Test
    void shouldHoldNothingWhenRequestsAreDone() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(post("/v1/checkstate", "{\"Ys\":[]}" + " ".repeat(3_000)).statusCode())
                    .as("the bodies of all requests fit only if each is given back")
                    .isEqualTo(200);
        }
    }

    private Socket open(String request) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server().port());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Everything until the other side closes. */
    private static String drain(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
