package org.ehashpool.mint;

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
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as an operator runs it: a process of its own, on an embedded Postgres. */
final class MintIT {

    @TempDir
    private Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();
    private int httpPort;

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.toHandle().destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldBeTheSameMintWhenKilledAndStartedAgain() throws Exception {
        Process first = start();
        JsonObject before = state();
        assertThat(before.getBoolean("open")).isTrue();
        assertThat(before.getString("profile")).isEqualTo("ehash");
        assertThat(before.getJsonArray("keysets")).hasSize(1);
        assertThat(get("/metrics").body()).contains("ehash_mint_operations");
        assertThat(Files.getPosixFilePermissions(seed()))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        first.destroyForcibly().waitFor();

        Process second = start();

        JsonObject after = state();
        assertThat(after.getString("public_key")).isEqualTo(before.getString("public_key"));
        assertThat(after.getJsonArray("keysets")).isEqualTo(before.getJsonArray("keysets"));
        second.toHandle().destroy();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isZero();

        Files.move(seed(), home.resolve("mint").resolve("elsewhere"));
        Path log = Files.createTempFile(home, "mint", ".log");
        Process third = launch(log);
        assertThat(third.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(third.exitValue()).isEqualTo(1);
        assertThat(read(log)).contains("its seed is not in");
    }

    private Path seed() {
        return home.resolve("mint").resolve("seed");
    }

    private JsonObject state() throws IOException, InterruptedException {
        return new JsonObject(get("/api/v1/state").body())
                .getJsonObject("details")
                .getJsonObject("mint");
    }

    private Process start() throws IOException {
        Path log = Files.createTempFile(home, "mint", ".log");
        Process process = launch(log);
        await().alias("ready, log: " + log).atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> "the mint runs; its log:\n" + read(log))
                    .isTrue();
            return isReady();
        });
        return process;
    }

    private Process launch(Path log) throws IOException {
        httpPort = freePort();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MintMain.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("EHASH_HOME", home.toString());
        builder.environment().put("MINT__HTTP__LISTEN", "127.0.0.1:" + httpPort);
        builder.environment().put("MINT__PUBLIC__LISTEN", "127.0.0.1:0");
        Process process = builder.start();
        started.add(process);
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
