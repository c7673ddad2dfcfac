package org.ehashpool.pool;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehashpool.kit.config.ConfigException;
import org.ehashpool.kit.config.ConfigLoader;
import org.ehashpool.kit.http.HealthChecks;
import org.ehashpool.kit.http.HttpEndpoint;
import org.ehashpool.kit.http.StateReport;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.service.ServiceContext;
import org.ehashpool.kit.service.ServiceIdentity;
import org.ehashpool.kit.sv2.port.Sv2Platform;
import org.ehashpool.mining.job.JobNumbers;
import org.ehashpool.pool.connection.StubFeed;
import org.ehashpool.pool.ledger.MemoryShareLedger;
import org.ehashpool.pool.ledger.ShareLedger;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.sv2.message.Ehash.EhashMints;

/** The half of the pool that miners see, in this process, on loopback, with jobs on demand. */
final class PoolScenario implements AutoCloseable {
    static final String TOKEN = "a-token-for-tests";

    /** What a configuration cannot be without. */
    static final Map<String, String> REQUIRED = Map.of(
            "POOL__NETWORK", "regtest",
            "POOL__MINT_PORT__LISTEN", "127.0.0.1:0",
            "POOL__PAYOUT__OUTPUTS__0__TO", "raw(0014751e76e8199196d454941c45d1b3a323f1433bd6)",
            "POOL__TEMPLATE_PROVIDERS__UNAUTHENTICATED", "true",
            "POOL__TEMPLATE_PROVIDERS__URLS", "stratum2+tcp://127.0.0.1:1");

    final JobNumbers numbers = new JobNumbers();
    final StubFeed feed;
    final List<String> blocks = new CopyOnWriteArrayList<>();
    final List<StatsEvent> told = new CopyOnWriteArrayList<>();
    final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    final ServiceMetrics metrics = ServiceMetrics.create("pool", "test");
    final HttpEndpoint http;
    final Sv2Platform platform;
    final MinerSide miners;
    volatile boolean accepting = true;
    volatile Optional<EhashMints> mints = Optional.empty();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Component> components;

    PoolScenario(Path home, long bits, ShareLedger ledger, Map<String, String> overrides) {
        this(home, bits, ledger, 1, overrides);
    }

    /** @param server the server's part of extranonces */
    PoolScenario(Path home, long bits, ShareLedger ledger, int server, Map<String, String> overrides) {
        feed = new StubFeed(numbers, bits);
        Map<String, String> environment = new HashMap<>(REQUIRED);
        environment.putAll(Map.of(
                "POOL__SV2__LISTEN", "127.0.0.1:0",
                "POOL__SV2__DRAIN", "2s",
                "POOL__USERS__0__NAME", "easy",
                "POOL__USERS__0__FIXED_DIFFICULTY", "1e-10",
                "POOL__HTTP__LISTEN", "127.0.0.1:0",
                "POOL__HTTP__TOKEN", TOKEN));
        environment.putAll(overrides);
        PoolConfig config = config(environment);
        HealthChecks health = new HealthChecks(vertx);
        StateReport state = new StateReport(JsonObject::new);
        http = new HttpEndpoint(vertx, config.http(), () -> true, health, state, metrics);
        ServiceContext context = new ServiceContext(
                new ServiceIdentity("pool", "test", "boot", "0"),
                vertx,
                InstantSource.fixed(Instant.ofEpochSecond(StubFeed.TIME)),
                System::nanoTime,
                new SecureRandom(),
                http,
                health,
                state,
                metrics,
                told::add,
                cause -> {
                    throw new AssertionError(cause);
                });
        platform = new Sv2Platform("pool", context);
        miners = new MinerSide(
                config,
                context,
                new MinerSide.Given(
                        platform,
                        feed,
                        (block, connection, user) -> blocks.add(user.toString()),
                        numbers,
                        ledger,
                        () -> server,
                        () -> accepting,
                        () -> mints,
                        home,
                        () -> "stub"));
        components = new ArrayList<>(List.of(platform));
        components.addAll(miners.components());
        await(http.listen());
        components.forEach(component -> await(component.start()));
    }

    static PoolConfig config(Map<String, String> environment) {
        try {
            return ConfigLoader.of("pool", PoolConfig.class)
                    .load(Optional.empty(), environment)
                    .value();
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    static PoolScenario of(Path home) {
        return new PoolScenario(home, StubFeed.HARD, new MemoryShareLedger(10), Map.of());
    }

    MinerPeer connect(long flags, Integer... extensions) {
        return new MinerPeer(this, flags, List.of(extensions));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    JsonObject json(String path) {
        return new JsonObject(get(path).body());
    }

    HttpResponse<String> send(String method, String path, String body) {
        return send(request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops what miners see, as a service that drains does. */
    void drain() {
        while (!components.isEmpty()) {
            await(components.removeLast().stop());
        }
    }

    @Override
    public void close() {
        drain();
        await(http.close(Duration.ofMillis(100)));
        await(vertx.close());
        metrics.close();
    }
}
