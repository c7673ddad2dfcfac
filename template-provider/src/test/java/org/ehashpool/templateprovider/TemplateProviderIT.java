package org.ehashpool.templateprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ehashpool.templateprovider.template.TemplateFixtures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as an operator runs it: a process of its own, in front of a node. */
final class TemplateProviderIT {
    @TempDir
    private Path home;

    private final ScriptedNode node = new ScriptedNode(TemplateFixtures.template(102, 1, List.of()));
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();
    private int httpPort;

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.toHandle().destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        node.close();
    }

    @Test
    void shouldAnswerEveryRouteThatItDescribesAndDrain() throws Exception {
        Process process = start();
        await().atMost(Duration.ofMinutes(2)).until(() -> status("/health/ready") == 200);

        JsonObject description = new JsonObject(get("/api/v1/openapi.json").body());
        Map<String, Object> paths = description.getJsonObject("paths").getMap();
        assertThat(paths)
                .containsKeys("/api/v1/templates", "/api/v1/clients", "/api/v1/blocks", "/metrics", "/health/ready");
        for (String path : paths.keySet()) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertHasWhatIsRequired(description.getJsonObject("paths").getJsonObject(path), answer.body());
        }
        assertThat(get("/metrics").body()).contains("ehash_template_provider_node_ready 1.0");
        assertThat(get("/api/v1/templates").body()).contains("\"future\":true");

        process.toHandle().destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void shouldServeTheEmbeddedChainWhenNoNodeIsConfigured() throws Exception {
        start(Map.of("TEMPLATE_PROVIDER__EMBEDDED_CHAIN__RPC_LISTEN", "127.0.0.1:0"));

        await().atMost(Duration.ofMinutes(2)).until(() -> status("/health/ready") == 200);

        JsonObject details = new JsonObject(get("/api/v1/state").body()).getJsonObject("details");
        assertThat(details.getJsonObject("templates").getString("prev_hash"))
                .isEqualTo(details.getJsonObject("embedded_chain").getString("tip"));
    }

    @Test
    void shouldBeUpButNotReadyWhenTheNodeIsAway() throws Exception {
        node.vanish();
        start();

        await().atMost(Duration.ofMinutes(2)).until(() -> status("/health/live") == 200);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get("/health/ready").body().contains("the node cannot be reached"));
        assertThat(status("/health/ready")).isEqualTo(503);

        node.comeBack();

        await().atMost(Duration.ofMinutes(1)).until(() -> status("/health/ready") == 200);
    }

    private static void assertHasWhatIsRequired(JsonObject path, String body) {
        JsonObject content = path.getJsonObject("get")
                .getJsonObject("responses")
                .getJsonObject("200")
                .getJsonObject("content");
        if (content != null) {
            JsonObject schema = content.getJsonObject("application/json").getJsonObject("schema");
            if (schema.containsKey("required")) {
                assertThat(new JsonObject(body).fieldNames())
                        .containsExactlyInAnyOrderElementsOf(schema.getJsonArray("required").stream()
                                .map(String::valueOf)
                                .toList());
            }
        }
    }

    private Process start() throws IOException {
        return start(Map.of(
                "TEMPLATE_PROVIDER__NODE__URL", node.url().toString(),
                "TEMPLATE_PROVIDER__NODE__USER", "me",
                "TEMPLATE_PROVIDER__NODE__PASSWORD", "secret"));
    }

    private Process start(Map<String, String> environment) throws IOException {
        httpPort = freePort();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TemplateProviderMain.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(home, "provider", ".log").toFile());
        builder.environment().put("EHASH_HOME", home.toString());
        builder.environment().put("TEMPLATE_PROVIDER__SV2__LISTEN", "127.0.0.1:0");
        builder.environment().put("TEMPLATE_PROVIDER__HTTP__LISTEN", "127.0.0.1:" + httpPort);
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private int status(String path) throws InterruptedException {
        try {
            return get(path).statusCode();
        } catch (IOException notListening) {
            return 0;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
