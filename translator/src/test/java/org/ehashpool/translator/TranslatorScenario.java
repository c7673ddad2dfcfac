package org.ehashpool.translator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.translator.downstream.ScriptedSource;
import org.ehashpool.wallet.api.FaucetApi;
import org.ehashpool.wallet.api.WalletApi;
import org.jspecify.annotations.Nullable;

/** The translator without upstream, in this process, on loopback, with work on demand. */
public final class TranslatorScenario implements AutoCloseable {
    public static final String TOKEN = "a-token-for-tests";
    /** Required, and not dialled. */
    static final Map<String, String> UPSTREAM = Map.of(
            "TRANSLATOR__UPSTREAMS__0__URL",
            "stratum2+tcp://127.0.0.1:1/9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72");

    private static final Instant NOW = Instant.ofEpochSecond(0x504e86b9L);

    public final ScriptedSource source;
    public final ServiceMetrics metrics = ServiceMetrics.create("translator", "test");
    final HttpEndpoint http;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    private final TranslatorService service;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Component> components;
    private @Nullable Context loop;

    public TranslatorScenario(ScriptedSource source, Map<String, String> overrides) {
        this.source = source;
        Map<String, String> environment = new HashMap<>(Map.of(
                "TRANSLATOR__SV1__LISTEN",
                "127.0.0.1:0",
                "TRANSLATOR__HTTP__LISTEN",
                "127.0.0.1:0",
                "TRANSLATOR__HTTP__TOKEN",
                TOKEN));
        environment.putAll(UPSTREAM);
        environment.putAll(overrides);
        TranslatorConfig config = config(environment);
        HealthChecks health = new HealthChecks(vertx);
        StateReport state = new StateReport(JsonObject::new);
        http = new HttpEndpoint(vertx, config.http(), () -> true, health, state, metrics);
        ServiceContext context = new ServiceContext(
                new ServiceIdentity("translator", "test", "boot", "0"),
                vertx,
                InstantSource.fixed(NOW),
                System::nanoTime,
                new SecureRandom(),
                http,
                health,
                state,
                metrics,
                StatsSink.NONE,
                cause -> {
                    throw new AssertionError(cause);
                });
        service = new TranslatorService(config, context, (given, itsContext, platform, itsLoop) -> {
            loop = itsLoop;
            UpstreamSide.show(itsContext, JsonObject::new);
            // As with a wallet and a faucet, neither of them open.
            new WalletApi(Optional::empty, false).mount(http.router(), http.bearerGuard());
            new FaucetApi(
                            Optional::empty,
                            given.wallet().faucet().limits(),
                            given.wallet().faucet().addresses(),
                            System::nanoTime)
                    .mount(http.router());
            return new UpstreamSide(source, List.of());
        });
        components = new ArrayList<>(service.components());
        await(http.listen());
        components.forEach(component -> await(component.start()));
    }

    static TranslatorConfig config(Map<String, String> environment) {
        try {
            return ConfigLoader.of("translator", TranslatorConfig.class)
                    .load(Optional.empty(), withUpstream(environment))
                    .value();
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    public int port() {
        return service.port().port();
    }

    /** A plain connection. */
    public Sv1Client connect() {
        try {
            return new Sv1Client(new Socket(InetAddress.ofLiteral("127.0.0.1"), port()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Does something on the translator's event loop, and waits until it is done. */
    public void onLoop(Runnable task) {
        Context present = loop;
        if (present == null) {
            throw new IllegalStateException("not composed");
        }
        Promise<Void> done = Promise.promise();
        present.runOnContext(turn -> {
            try {
                task.run();
                done.complete();
            } catch (RuntimeException e) {
                done.fail(e);
            }
        });
        await(done.future());
    }

    public JsonObject json(String path) {
        return new JsonObject(get(path).body());
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> postWithoutToken(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
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

    /** Begins to stop what miners see; the result is there when it is done. */
    public Future<Void> drain() {
        return components.removeLast().stop();
    }

    @Override
    public void close() {
        while (!components.isEmpty()) {
            await(components.removeLast().stop());
        }
        await(http.close(Duration.ofMillis(100)));
        await(vertx.close());
        metrics.close();
    }

    /** A configuration names an upstream; here another half stands in its place. */
    private static Map<String, String> withUpstream(Map<String, String> environment) {
        Map<String, String> complete = new HashMap<>(environment);
        complete.put(
                "TRANSLATOR__UPSTREAMS__0__URL",
                "stratum2+tcp://127.0.0.1:34254/9auqWEzQDVyd2oe1JVGFLMLHZtCo2FFqZwtKA5gd9xbuEu7PH72");
        return complete;
    }
}
