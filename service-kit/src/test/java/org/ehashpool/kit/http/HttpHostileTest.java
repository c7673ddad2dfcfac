package org.ehashpool.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Clients that mean harm, on raw sockets: they lose their place, get an answer where one is possible, and cause no log. */
@Timeout(60)
class HttpHostileTest {
    private static final int PLACES = 4;
    private static final String REQUEST = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final ServiceMetrics metrics = ServiceMetrics.create("sample-service", "1.2.3");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    // An idle connection would outlast the test: what ends in it was ended by the request's time.
    private final HttpEndpoint endpoint = new HttpEndpoint(
            vertx,
            new HttpConfig(
                    new HostPort("127.0.0.1", 0),
                    new ByteSize(1024),
                    PLACES,
                    Duration.ofMillis(500),
                    Duration.ofMinutes(10),
                    Optional.empty()),
            () -> true,
            new HealthChecks(vertx),
            new StateReport(() -> new JsonObject().put("service", "sample-service")),
            metrics);

    @BeforeEach
    void listen() throws TimeoutException {
        endpoint.router()
                .post("/echo")
                .handler(context -> context.end(context.body().buffer()));
        endpoint.router().get("/no-status").handler(context -> context.fail(new IOException("the service's own")));
        endpoint.listen().await(10, TimeUnit.SECONDS);
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void close() throws TimeoutException {
        root.detachAppender(logged);
        vertx.close().await(10, TimeUnit.SECONDS);
        metrics.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", REQUEST, REQUEST + REQUEST})
    void shouldGivePlaceToOthersWhenHeadersComeOneByteAtATime(String before) throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int count = 0; count < PLACES; count++) {
            Socket socket = connect();
            socket.getOutputStream().write(bytes(before));
            for (int answers = before.length() / REQUEST.length(); answers > 0; answers--) {
                readAnswer(socket);
            }
            socket.getOutputStream().write(bytes("GET /health/live HTTP/1.1\r\nX: "));
            slow.add(socket);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    slow.removeIf(HttpHostileTest::isCut);
                    return slow.isEmpty();
                });
        Awaitility.await()
                .until(() -> exchange("GET /health/live HTTP/1.0\r\n\r\n").startsWith("HTTP/1.0 200"));
    }

    @Test
    void shouldKeepConnectionWhenItIsIdleBetweenRequests() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(REQUEST));
            readAnswer(socket);
            vertx.timer(800).await(10, TimeUnit.SECONDS);
            socket.getOutputStream().write(bytes(REQUEST));
            assertThat(readAnswer(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/%", "/a%2", "/health/live?a=%g0", "*"})
    void shouldAnswerBadRequestWhenTargetIsMalformed(String target) throws Exception {
        assertThat(exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/json")
                .endsWith("{\"error\":{\"code\":\"bad-request\",\"message\":\"The request is malformed.\"}}");
        assertNothingLogged();
    }

    @Test
    void shouldAnswerWithoutLogWhenBytesAreNoHttp() throws Exception {
        assertThat(exchange("\u0016\u0003\u0001 garbage\r\n\r\n"))
                .startsWith("HTTP/1.0 400 ")
                .contains("\"bad-request\"");
        assertThat(exchange("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.0 414 ")
                .contains("\"target-too-long\"");
        assertNothingLogged();
    }

    @Test
    void shouldAnswerBadRequestWhenChunkedBodyIsBroken() throws Exception {
        assertThat(exchange("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"bad-request\"");
        Awaitility.await().until(() -> openConnections() == 0);
        assertNothingLogged();
    }

    @Test
    void shouldLogNothingWhenBodyIsCutShort() throws Exception {
        for (boolean reset : List.of(false, true)) {
            try (Socket socket = connect()) {
                socket.getOutputStream()
                        .write(bytes("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"));
                Awaitility.await().until(() -> openConnections() == 1);
                if (reset) {
                    socket.setSoLinger(true, 0);
                }
            }
            Awaitility.await().until(() -> openConnections() == 0);
        }
        assertNothingLogged();
    }

    @Test
    void shouldAnswerInternalErrorOnceWhenServiceFailsWithoutStatus() throws Exception {
        assertThat(exchange("GET /no-status HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 500 ");
        assertThat(logged.list).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/api/v1/state"})
    void shouldAnswerHeadAsGetWithoutBody(String path) throws Exception {
        assertThat(exchange("HEAD " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("content-type: ")
                .endsWith("\r\n\r\n");
    }

    private double openConnections() {
        return metrics.scrape(ServiceMetrics.TEXT_FORMAT)
                .lines()
                .filter(line -> line.startsWith("ehash_sample_service_http_connections "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    private void assertNothingLogged() {
        assertThat(logged.list).isEmpty();
    }

    private static boolean isCut(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String readAnswer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("}") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        return answer.toString();
    }

    private String exchange(String request) throws IOException {
        StringBuilder answer = new StringBuilder();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(request));
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (SocketException reset) {
            answer.append("");
        }
        return answer.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
