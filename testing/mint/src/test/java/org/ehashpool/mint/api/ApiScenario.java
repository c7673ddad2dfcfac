package org.ehashpool.mint.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ehashpool.cashu.blind.BlindedMessage;
import org.ehashpool.cashu.json.Values;
import org.ehashpool.cashu.proof.Proof;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.http.HttpEndpoint;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.service.ServiceIdentity;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.mint.api.socket.SocketConfig;
import org.ehashpool.mint.core.MintFixture;
import org.ehashpool.mint.manage.ManagementApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A mint behind its public and its management port. */
public abstract class ApiScenario extends MintFixture {

    protected static final String TOKEN = "a token of the operator";
    protected static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Vertx vertx;
    private @Nullable ServiceMetrics metrics;
    private @Nullable HttpEndpoint management;
    private @Nullable PublicServer server;

    protected PublicConfig config() {
        return config(
                new SocketConfig(64, 100, 1000, 10_000, 100_000, ByteSize.parse("256KiB"), Duration.ofMillis(200)));
    }

    protected static PublicConfig config(SocketConfig sockets) {
        return new PublicConfig(
                HostPort.parse("127.0.0.1:0"),
                List.of("127.0.0.1"),
                ByteSize.parse("256KiB"),
                ByteSize.parse("1MiB"),
                64,
                64,
                10,
                10_000,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                sockets);
    }

    @BeforeEach
    protected void listen() throws Exception {
        Vertx made = Vertx.vertx();
        vertx = made;
        ServiceMetrics meters = ServiceMetrics.create("mint", "test");
        metrics = meters;
        StateReport report = new StateReport(JsonObject::new);
        HealthChecks health = new HealthChecks(made);
        HttpEndpoint endpoint = new HttpEndpoint(
                made,
                new HttpConfig(
                        HostPort.parse("127.0.0.1:0"),
                        ByteSize.parse("1MiB"),
                        64,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Optional.of(Secret.of(TOKEN))),
                () -> true,
                health,
                report,
                meters);
        management = endpoint;
        new ManagementApi(() -> Optional.of(openedMint())).mount(endpoint.router(), endpoint.bearerGuard());
        result(endpoint.listen());
        ServiceContext context = new ServiceContext(
                new ServiceIdentity("mint", "test", "00", "1.2.3"),
                made,
                this::now,
                System::nanoTime,
                new SecureRandom(),
                endpoint,
                health,
                report,
                meters,
                StatsSink.NONE,
                failure -> {
                    throw new AssertionError(failure);
                });
        InfoConfig info = new InfoConfig(
                "A mint",
                "for tests",
                Optional.empty(),
                Optional.of("hello"),
                Optional.of(URI.create("https://mint.example/icon.png")),
                Optional.empty(),
                List.of(URI.create("https://mint.example")),
                Map.of("email", "me@mint.example"));
        PublicServer opened = new PublicServer(config(), info, profile(), this::openedMint, context);
        server = opened;
        result(opened.start());
    }

    @AfterEach
    protected void silence() throws Exception {
        result(Objects.requireNonNull(server).stop());
        result(Objects.requireNonNull(vertx).close());
        Objects.requireNonNull(metrics).close();
    }

    protected final PublicServer server() {
        return Objects.requireNonNull(server);
    }

    protected final URI url(String path) {
        return URI.create("http://127.0.0.1:" + server().port() + path);
    }

    protected final URI managementUrl(String path) {
        return URI.create(
                "http://127.0.0.1:" + Objects.requireNonNull(management).port() + path);
    }

    protected final HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url(path)).GET());
    }

    protected final HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    protected final HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    protected final HttpClient client() {
        return client;
    }

    protected static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    /** The answer to what is expected to be done. */
    protected static JsonNode done(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    protected static String array(List<BlindedMessage> outputs) {
        return outputs.stream()
                .map(output -> Values.toJson(output).toString())
                .toList()
                .toString();
    }

    protected static String proofs(List<Proof> proofs) {
        return proofs.stream()
                .map(proof -> Values.toJsonForMint(proof).toString())
                .toList()
                .toString();
    }

    /** A wallet that can subscribe. */
    protected final SocketWallet connect() throws Exception {
        return SocketWallet.connect(client, URI.create(url("/v1/ws").toString().replace("http", "ws")));
    }

    protected static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
