package org.ehashpool.endpoint;

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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as an operator runs it: a process of its own, on an embedded Postgres. */
final class EndpointIT {

    @TempDir
    private Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();
    private int httpPort;

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldServeKeepItsAddressAndDrainWhenRestarted() throws Exception {
        Process process = start();
        JsonObject first = sv2State();
        assertThat(first.getString("address")).startsWith("stratum2+tcp://127.0.0.1:");
        assertThat(get("/metrics").body()).contains("ehash_endpoint_sv2_connections");
        assertThat(new JsonObject(get("/api/v1/connections").body()).getJsonArray("connections"))
                .isEmpty();

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();

        start();
        assertThat(keyOf(sv2State())).isEqualTo(keyOf(first));
    }

    @Test
    void shouldBeReadyAgainWithTheSameDatabaseWhenItWasKilled() throws Exception {
        start().destroyForcibly().waitFor();

        start();

        assertThat(get("/health/ready").body()).contains("PostgreSQL");
    }

    private static String keyOf(JsonObject state) {
        String address = state.getString("address");
        return address.substring(address.lastIndexOf('/'));
    }

    private JsonObject sv2State() throws IOException, InterruptedException {
        return new JsonObject(get("/api/v1/state").body())
                .getJsonObject("details")
                .getJsonObject("sv2");
    }

    private Process start() throws IOException {
        httpPort = freePort();
        Path log = Files.createTempFile(home, "endpoint", ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndpointMain.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("EHASH_HOME", home.toString());
        builder.environment().put("ENDPOINT__SV2__LISTEN", "127.0.0.1:0");
        builder.environment().put("ENDPOINT__HTTP__LISTEN", "127.0.0.1:" + httpPort);
        Process process = builder.start();
        started.add(process);
        await().alias("ready, log: " + log).atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> "the endpoint runs; its log:\n" + read(log))
                    .isTrue();
            return isReady();
        });
        return process;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException notListening) {
            return false;
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
