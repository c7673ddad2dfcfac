package org.ehashpool.pool;

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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool as an operator runs it: a process of its own. */
class PoolIT {
    @TempDir
    private Path home;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldServeSayThatItHasNothingToMineAndEndWellWhenNoTemplateProviderAnswers() throws Exception {
        int httpPort = freePort();
        Path log = home.resolve("pool.log");
        Process process = start(httpPort, log);
        try {
            await().alias("listening, log: " + log)
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        assertThat(process.isAlive()).as(() -> read(log)).isTrue();
                        return answers(httpPort, "/api/v1/state")
                                && get(httpPort, "/api/v1/state").body().contains("\"state\":\"ready\"");
                    });

            HttpResponse<String> ready = get(httpPort, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(new JsonObject(ready.body())
                            .getJsonObject("checks")
                            .getJsonObject("templates")
                            .getString("status"))
                    .isEqualTo("down");
            assertThat(new JsonObject(get(httpPort, "/api/v1/state").body())
                            .getJsonObject("details")
                            .getJsonObject("mining")
                            .getString("address"))
                    .startsWith("stratum2+tcp://127.0.0.1:");
            for (String path : List.of("/api/v1/templates", "/api/v1/blocks", "/api/v1/global", "/metrics")) {
                assertThat(get(httpPort, path).statusCode()).as(path).isEqualTo(200);
            }
        } finally {
            process.toHandle().destroy();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> read(log)).isZero();
    }

    private Process start(int httpPort, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PoolMain.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(PoolScenario.REQUIRED);
        builder.environment().put("EHASH_HOME", home.toString());
        builder.environment().put("POOL__SV2__LISTEN", "127.0.0.1:0");
        builder.environment().put("POOL__HTTP__LISTEN", "127.0.0.1:" + httpPort);
        return builder.start();
    }

    private boolean answers(int port, String path) throws InterruptedException {
        try {
            return get(port, path).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
