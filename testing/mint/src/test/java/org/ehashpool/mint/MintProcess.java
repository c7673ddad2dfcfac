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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A mint as an operator runs it: a process of its own. */
public final class MintProcess {

    /** Of its operator. */
    public static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int httpPort;

    private MintProcess(Process process, Path log, int httpPort) {
        this.process = process;
        this.log = log;
        this.httpPort = httpPort;
    }

    /**
     * Starts one; it need not become ready.
     *
     * @param home its $EHASH_HOME
     * @param environment settings besides
     */
    public static MintProcess launch(Path home, Map<String, String> environment) throws IOException {
        int httpPort = freePort();
        Path log = Files.createTempFile(home, "mint", ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MintMain.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("EHASH_HOME", home.toString());
        builder.environment().put("MINT__HTTP__LISTEN", "127.0.0.1:" + httpPort);
        builder.environment().put("MINT__HTTP__TOKEN", TOKEN);
        builder.environment().put("MINT__PUBLIC__LISTEN", "127.0.0.1:0");
        builder.environment().putAll(environment);
        return new MintProcess(builder.start(), log, httpPort);
    }

    public MintProcess awaitReady() {
        await().alias("ready, log: " + log).atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> "the mint runs; its log:\n" + log())
                    .isTrue();
            return isReady();
        });
        return this;
    }

    public Process process() {
        return process;
    }

    /** What it has printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What it says of itself. */
    public JsonObject details() throws IOException, InterruptedException {
        return new JsonObject(get("/api/v1/state").body()).getJsonObject("details");
    }

    /** host:port for wallets. */
    public String publicAddress() throws IOException, InterruptedException {
        return details().getJsonObject("public").getString("address");
    }

    /** host:port for the operator. */
    public String managementAddress() {
        return "127.0.0.1:" + httpPort;
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://" + managementAddress() + path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** As SIGTERM. */
    public void stop() throws InterruptedException {
        process.toHandle().destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
