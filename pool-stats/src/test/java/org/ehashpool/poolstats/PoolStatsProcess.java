package org.ehashpool.poolstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.ehashpool.kit.postgres.embedded.PostgresLogin;

/** A statistics service as an operator runs it: a process of its own. */
final class PoolStatsProcess implements AutoCloseable {
    static final String TOKEN = "a-token-of-a-test";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int httpPort;

    private PoolStatsProcess(Process process, Path log, int httpPort) {
        this.process = process;
        this.log = log;
        this.httpPort = httpPort;
    }

    static PoolStatsProcess launch(Path home, PostgresLogin login, int port, String... settings) throws IOException {
        int httpPort = freePort();
        Path log = Files.createTempFile(home, "pool-stats", ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PoolStatsMain.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("EHASH_HOME", home.toString());
        builder.environment().put("POOL_STATS__HTTP__LISTEN", "127.0.0.1:" + httpPort);
        builder.environment().put("POOL_STATS__LISTEN__ADDRESS", "127.0.0.1:" + port);
        builder.environment().put("POOL_STATS__LISTEN__CONNECTS_PER_SECOND", "10000");
        builder.environment().put("POOL_STATS__SENDERS__0__TOKEN", TOKEN);
        builder.environment().put("POOL_STATS__WATCH__PERIOD", "1s");
        builder.environment().put("POOL_STATS__SAMPLING__PERIOD", "1s");
        builder.environment().put("POOL_STATS__DATABASE__URL", login.url());
        builder.environment().put("POOL_STATS__DATABASE__USER", login.user());
        builder.environment().put("POOL_STATS__DATABASE__PASSWORD", login.password());
        for (int i = 0; i < settings.length; i += 2) {
            builder.environment().put(settings[i], settings[i + 1]);
        }
        return new PoolStatsProcess(builder.start(), log, httpPort);
    }

    PoolStatsProcess awaitReady() {
        await().alias("ready").atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(process.isAlive()).as(this::log).isTrue();
            return isReady();
        });
        return this;
    }

    boolean isReady() throws InterruptedException {
        try {
            return CLIENT.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/health/ready"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    int httpPort() {
        return httpPort;
    }

    /** What a page or the API answers. */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path));
    }

    /** As kill -STOP: it lives, and does nothing until {@link #resume}. */
    void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    int exitStatus() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.toHandle().destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
