package org.ehashpool.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpEndpointTest {
    private static final HttpConfig CONFIG = new HttpConfig(
            new HostPort("127.0.0.1", 0),
            new ByteSize(1024),
            3,
            Duration.ofMillis(300),
            Duration.ofMillis(600),
            Optional.of(Secret.of("hunter2")));

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ServiceMetrics metrics = ServiceMetrics.create("sample-service", "1.2.3");
    private final HealthChecks checks = new HealthChecks(vertx);
    private final StateReport state = new StateReport(() -> new JsonObject().put("service", "sample-service"));
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private HttpEndpoint endpoint = endpoint(CONFIG);

    @BeforeEach
    void listen() throws TimeoutException {
        endpoint.router().get("/fails").handler(context -> {
            throw new IllegalStateException("inside");
        });
        endpoint.router().get("/refuses").handler(context -> context.fail(new ApiFailure(409, "busy", "Later.")));
        endpoint.router()
                .post("/echo")
                .handler(context -> context.end(context.body().buffer()));
        endpoint.router().post("/change").handler(endpoint.bearerGuard()).handler(context -> context.end("changed"));
        endpoint.listen().await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws TimeoutException {
        client.close();
        vertx.close().await(10, TimeUnit.SECONDS);
        metrics.close();
    }

    @Test
    void shouldAnswerLiveUntilFailed() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        alive.set(false);
        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").body()).isEqualTo("{\"status\":\"down\"}");
    }

    @Test
    void shouldAnswerReadyWhenEveryCheckIsUp() throws Exception {
        checks.register("database", () -> Health.up("3 connections"));
        checks.register("node", Duration.ofSeconds(5), () -> vertx.timer(1).map(Health.up("height 7")));

        HttpResponse<String> response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"status\":\"up\",\"checks\":{\"database\":{\"status\":\"up\",\"detail\":\"3 connections\"},"
                                + "\"node\":{\"status\":\"up\",\"detail\":\"height 7\"}}}");
    }

    @Test
    void shouldAnswerNotReadyWhenChecksAreDownLateFailedOrThrow() throws Exception {
        checks.register("down", () -> Health.down("no node"));
        checks.register(
                "late", Duration.ofMillis(20), () -> Promise.<Health>promise().future());
        checks.register("fails", Duration.ofSeconds(5), () -> Future.failedFuture(new IOException("hunter2")));
        checks.register("throws", () -> {
            throw new IllegalStateException("hunter2");
        });

        HttpResponse<String> response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject("""
                        {"status": "down", "checks": {
                          "down": {"status": "down", "detail": "no node"},
                          "fails": {"status": "down", "detail": "the check failed: IOException"},
                          "late": {"status": "down", "detail": "no answer within 20 ms"},
                          "throws": {"status": "down", "detail": "the check failed: IllegalStateException"}}}
                        """));
    }

    @Test
    void shouldRunChecksOnceWhenManyAskAtOnce() throws Exception {
        Promise<Health> answer = Promise.promise();
        List<String> asked = new ArrayList<>();
        checks.register("slow", Duration.ofSeconds(10), () -> {
            asked.add("slow");
            return answer.future();
        });

        Future<HealthChecks.Report> first = checks.report();
        Future<HealthChecks.Report> second = checks.report();
        answer.complete(Health.up(""));

        assertThat(first.await(10, TimeUnit.SECONDS)).isSameAs(second.await(10, TimeUnit.SECONDS));
        assertThat(asked).hasSize(1);
        checks.unregister("slow");
        assertThat(checks.report().await(10, TimeUnit.SECONDS).up()).isTrue();
    }

    @Test
    void shouldAnswerStateWithDetailsOfComponents() throws Exception {
        state.describe("chain", () -> new JsonObject().put("height", 7));

        assertThat(get("/api/v1/state").body())
                .isEqualTo("{\"service\":\"sample-service\",\"details\":{\"chain\":{\"height\":7}}}");
    }

    @Test
    void shouldServeMetricsInTheFormatThatIsAskedFor() throws Exception {
        metrics.counter("shares.accepted", "Accepted shares").increment(3);

        HttpResponse<String> plain = get("/metrics");
        HttpResponse<String> open =
                send(request("/metrics").header("Accept", "application/openmetrics-text; version=1.0.0, text/plain"));

        assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(plain.body())
                .contains("# HELP ehash_sample_service_shares_accepted_total Accepted shares\n")
                .contains("\nehash_sample_service_shares_accepted_total 3.0\n")
                .contains("ehash_sample_service_build_info{java=\"" + Runtime.version() + "\",version=\"1.2.3\"} 1\n")
                .contains("jvm_memory_used_bytes", "jvm_gc_", "process_uptime_seconds", "process_files_open_files");
        assertThat(open.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void shouldAnswerErrorsAsJsonWithoutTheirInside() throws Exception {
        assertThat(error(get("/nothing"))).isEqualTo("404 not-found: There is nothing at this path.");
        assertThat(error(send(request("/metrics").DELETE())))
                .isEqualTo("405 method-not-allowed: The path does not take this method.");
        assertThat(error(get("/fails")))
                .isEqualTo("500 internal-error: The request failed; the service's log says why.");
        assertThat(error(get("/refuses"))).isEqualTo("409 busy: Later.");
        assertThat(exchange("GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void shouldRefuseBodiesWhenTheyAreTooLarge() throws Exception {
        assertThat(send(post("/echo", "x".repeat(1024))).body()).hasSize(1024);
        assertThat(error(send(post("/echo", "x".repeat(1025)))))
                .isEqualTo("413 body-too-large: The body is larger than is accepted.");
        assertThat(exchange("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n"
                        + "x".repeat(0x1000)))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void shouldRefuseRequestsWhenTheirHeadIsTooLarge() throws IOException {
        assertThat(exchange("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.0 414 ");
        assertThat(exchange("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(exchange("\u0016\u0003\u0001 garbage\r\n\r\n")).startsWith("HTTP/1.0 400 ");
    }

    @Test
    void shouldSendSecurityHeadersWithEveryAnswer() throws Exception {
        for (String path : List.of("/health/live", "/nothing", "/fails")) {
            assertThat(get(path).headers().map())
                    .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                    .containsEntry("X-Frame-Options", List.of("DENY"))
                    .containsEntry("Cache-Control", List.of("no-store"))
                    .containsKey("Content-Security-Policy");
        }
    }

    @Test
    void shouldLetOnlyBearerOfTokenThroughGuard() throws Exception {
        HttpResponse<String> without = send(post("/change", ""));
        assertThat(error(without)).startsWith("401 unauthorized");
        assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        for (String wrong : List.of("Bearer hunter", "Bearer hunter22", "Bearer", "Basic hunter2", "hunter2")) {
            assertThat(send(post("/change", "").header("Authorization", wrong)).statusCode())
                    .as(wrong)
                    .isEqualTo(401);
        }
        assertThat(send(post("/change", "").header("Authorization", "bearer hunter2"))
                        .body())
                .isEqualTo("changed");
    }

    @Test
    void shouldLetNobodyThroughGuardWhenNoTokenIsConfigured() throws Exception {
        endpoint.close(Duration.ZERO).await(10, TimeUnit.SECONDS);
        endpoint = endpoint(new HttpConfig(
                CONFIG.listen(),
                CONFIG.maxBody(),
                CONFIG.maxConnections(),
                CONFIG.requestTimeout(),
                CONFIG.idleTimeout(),
                Optional.empty()));
        endpoint.router().post("/change").handler(endpoint.bearerGuard()).handler(context -> context.end("changed"));
        endpoint.listen().await(10, TimeUnit.SECONDS);

        assertThat(error(send(post("/change", "").header("Authorization", "Bearer "))))
                .startsWith("403 no-token-configured");
    }

    @Test
    void shouldCloseConnectionsWhenThereAreTooMany() throws IOException {
        List<Socket> open = new ArrayList<>();
        for (int count = 0; count < 3; count++) {
            Socket socket = connect();
            socket.getOutputStream().write(bytes("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            open.add(socket);
        }

        try (Socket beyond = connect()) {
            assertThat(beyond.getInputStream().read()).isEqualTo(-1);
        }
        open.getFirst().close();
        Awaitility.await()
                .until(() -> exchange("GET /health/live HTTP/1.0\r\n\r\n").startsWith("HTTP/1.0 200"));
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void shouldCloseConnectionWhenRequestDoesNotCome() throws IOException {
        for (String start :
                List.of("", "GET /health/li", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx")) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(bytes(start));
                assertThat(read(socket)).as(start).isEmpty();
            }
        }
    }

    @Test
    void shouldCloseConnectionWhenRequestComesOneByteAtATime() throws Exception {
        trickle("");
        trickle("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private void trickle(String before) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(before));
            Awaitility.await().pollInterval(Duration.ofMillis(50)).until(() -> {
                try {
                    socket.getOutputStream().write('G');
                    return false;
                } catch (IOException closed) {
                    return true;
                }
            });
        }
    }

    @Test
    void shouldServeManyRequestsOnOneConnectionWhenTheyTakeLongerThanOneDeadline() throws Exception {
        try (Socket socket = connect()) {
            for (int count = 0; count < 5; count++) {
                vertx.timer(200).await(10, TimeUnit.SECONDS);
                socket.getOutputStream().write(bytes("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"));
                byte[] answer = socket.getInputStream().readNBytes(15);
                assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
                socket.getInputStream().skipNBytes(socket.getInputStream().available());
            }
        }
    }

    @Test
    void shouldFinishRequestsWhenClosing() throws Exception {
        Promise<Void> reached = Promise.promise();
        Promise<String> answer = Promise.promise();
        endpoint.router().get("/slow").handler(context -> {
            reached.complete();
            answer.future().onSuccess(context::end);
        });
        var response = client.sendAsync(request("/slow").build(), HttpResponse.BodyHandlers.ofString());
        reached.future().await(10, TimeUnit.SECONDS);

        Future<Void> closed = endpoint.close(Duration.ofSeconds(10));
        answer.complete("done");

        assertThat(response.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
        closed.await(10, TimeUnit.SECONDS);
    }

    private HttpEndpoint endpoint(HttpConfig config) {
        return new HttpEndpoint(vertx, config, alive::get, checks, state, metrics);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + endpoint.port() + "/").resolve(path));
    }

    private HttpRequest.Builder post(String path, String body) {
        return request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String error(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonObject error = new JsonObject(response.body()).getJsonObject("error");
        return response.statusCode() + " " + error.getString("code") + ": " + error.getString("message");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(request));
            return read(socket);
        }
    }

    /** Until the other side closes, or resets because it did not want the rest. */
    private static String read(Socket socket) {
        StringBuilder answer = new StringBuilder();
        try {
            InputStream input = socket.getInputStream();
            for (int next = input.read(); next >= 0; next = input.read()) {
                answer.append((char) next);
            }
        } catch (IOException reset) {
            answer.append("");
        }
        return answer.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
