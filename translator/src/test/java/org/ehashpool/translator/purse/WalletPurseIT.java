package org.ehashpool.translator.purse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.HostPort;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.http.HttpEndpoint;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.postgres.DatabaseConfig;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.service.ServiceIdentity;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.translator.upstream.FaucetConfig;
import org.ehashpool.translator.upstream.WalletConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wallet as the translator has it, on an embedded database, with a mint that nobody answers for. */
final class WalletPurseIT {
    private static final String NO_MINT = "http://127.0.0.1:1";

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable HttpEndpoint http;
    private @Nullable StateReport state;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private WalletPurse purse(Optional<Path> seedFile, boolean faucet) throws Exception {
        Vertx vertx = Vertx.vertx();
        opened.add(() -> result(vertx.close()));
        ServiceMetrics metrics = ServiceMetrics.create("translator", "test");
        opened.add(metrics);
        HealthChecks health = new HealthChecks(vertx);
        StateReport report = new StateReport(JsonObject::new);
        state = report;
        HttpEndpoint endpoint = new HttpEndpoint(
                vertx,
                new HttpConfig(
                        HostPort.parse("127.0.0.1:0"),
                        ByteSize.parse("1MiB"),
                        64,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Optional.of(Secret.of("token"))),
                () -> true,
                health,
                report,
                metrics);
        http = endpoint;
        WalletConfig config = new WalletConfig(
                Optional.empty(),
                true,
                List.of(NO_MINT),
                seedFile,
                Optional.empty(),
                false,
                new FaucetConfig(faucet, 100, 1_000, 100_000, 0, List.of()),
                new DatabaseConfig(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        8,
                        64,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        8,
                        Optional.of(directory.resolve("database")),
                        Optional.empty()));
        return new WalletPurse(
                config,
                new ServiceContext(
                        new ServiceIdentity("translator", "test", "boot", "0"),
                        vertx,
                        InstantSource.system(),
                        System::nanoTime,
                        new SecureRandom(),
                        endpoint,
                        health,
                        report,
                        metrics,
                        StatsSink.NONE,
                        cause -> {
                            throw new AssertionError(cause);
                        }));
    }

    private void start(WalletPurse purse) throws Exception {
        for (Component component : purse.components()) {
            result(component.start());
            opened.add(() -> result(component.stop()));
        }
        HttpEndpoint endpoint = Objects.requireNonNull(http);
        result(endpoint.listen());
        opened.add(() -> result(endpoint.close(Duration.ZERO)));
    }

    private Path seed(String words, String permissions) throws Exception {
        Path file = directory.resolve("seed");
        Files.writeString(file, words);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    private static final String WORDS =
            "half depart obvious quality work element tank gorilla view sugar picture humble";

    private String shown() {
        return Objects.requireNonNull(state).report().encode();
    }

    private int ask(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                            + Objects.requireNonNull(http).port() + path))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void shouldHaveAKeyOnceItIsOpenAndTheSameAfterARestart() throws Exception {
        WalletPurse purse = purse(Optional.of(seed(WORDS, "rw-------")), false);
        assertThat(purse.lockingKey()).isEmpty();
        purse.quoted(NO_MINT);

        start(purse);
        Bytes key = purse.lockingKey().orElseThrow();
        assertThat(key.length()).isEqualTo(33);
        purse.quoted("no URL at all");
        purse.quoted("https://another.example");
        purse.quoted(NO_MINT);
        await().atMost(Duration.ofSeconds(30)).until(() -> shown().contains("\"problem\":\""));
        assertThat(shown()).contains("\"locking_key\":\"" + key.toHex()).doesNotContain("half depart");
        assertThat(ask("/api/v1/wallet")).isEqualTo(401);
        assertThat(ask("/api/v1/faucet")).isEqualTo(404);

        close();
        opened.clear();
        WalletPurse again = purse(Optional.of(directory.resolve("seed")), true);
        start(again);
        assertThat(again.lockingKey()).contains(key);
        assertThat(ask("/api/v1/faucet")).isEqualTo(200);
    }

    @Test
    void shouldNotStartWithASeedThatOthersCanReadOrThatIsNotThere() throws Exception {
        WalletPurse readable = purse(Optional.of(seed(WORDS, "rw-r--r--")), false);
        result(readable.components().getFirst().start());
        opened.add(() -> result(readable.components().getFirst().stop()));
        assertThatThrownBy(() -> result(readable.start())).hasMessageContaining("seed");
        assertThat(readable.lockingKey()).isEmpty();
        Files.delete(directory.resolve("seed"));
        assertThatThrownBy(() -> result(readable.start())).hasMessageContaining("seed");
        assertThat(directory.resolve("seed")).doesNotExist();
    }
}
