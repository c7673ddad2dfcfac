package org.ehashpool.kit.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.ehashpool.kit.service.SampleMain.SampleConfig;
import org.ehashpool.kit.service.SampleMain.SampleService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServiceRunnerTest {
    @TempDir
    private Path directory;

    private final TestProcess process = new TestProcess();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable ServiceContext> context = new AtomicReference<>();

    @Test
    void shouldStartInOrderAndStopInReverseWhenAllGoesWell() throws Exception {
        process.start(main(step("one"), step("two"))).awaitLog(" ready ").signal("TERM");

        assertThat(process.exitStatus()).isZero();
        assertThat(calls).containsExactly("start one", "start two", "stop two", "stop one");
        assertThat(process.log())
                .containsSubsequence(
                        " starting ", " http_listening ", " ready ", " draining reason=SIGTERM", " stopped ")
                .contains("state=stopped exit_status=0");
    }

    @Test
    void shouldStopWhatWasStartedWhenComponentFails() throws Exception {
        process.start(
                main(step("one"), step("two", () -> Future.failedFuture("no database"), Future::succeededFuture)));

        assertThat(process.exitStatus()).isEqualTo(1);
        assertThat(calls).containsExactly("start one", "start two", "stop two", "stop one");
        assertThat(process.log())
                .contains("start_failed component=two", "no database")
                .doesNotContain(" ready ");
    }

    @Test
    void shouldFailWhenComponentThrowsOrCompositionDoes() throws Exception {
        process.start(main(step(
                "one",
                () -> {
                    throw new IllegalStateException("thrown");
                },
                Future::succeededFuture)));
        assertThat(process.exitStatus()).isEqualTo(1);
        assertThat(process.log()).contains("start_failed component=one", "thrown");

        TestProcess broken = new TestProcess();
        broken.start(main(
                step("one"),
                step(
                        "two",
                        () -> {
                            throw new AssertionError("an error of another kind");
                        },
                        Future::succeededFuture)));
        assertThat(broken.exitStatus()).isEqualTo(1);
        assertThat(broken.log()).contains("an error of another kind");
        assertThat(calls).endsWith("start one", "start two", "stop two", "stop one");

        TestProcess second = new TestProcess();
        second.start(ServiceMain.of("sample", "", SampleConfig.class, (config, given) -> {
            throw new IllegalStateException("not composed");
        }));
        assertThat(second.exitStatus()).isEqualTo(1);
        assertThat(second.log()).contains("start_failed component=composition", "not composed");
    }

    @Test
    void shouldFailWhenHttpPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            process.environment.put("SAMPLE__HTTP__LISTEN", "127.0.0.1:" + taken.getLocalPort());
            process.start(main(step("one")));

            assertThat(process.exitStatus()).isEqualTo(1);
        }
        assertThat(process.log()).contains("start_failed component=http");
        assertThat(calls).isEmpty();
    }

    @Test
    void shouldFailWhenStartDeadlinePasses() throws Exception {
        process.environment.put("SAMPLE__RUNTIME__START_DEADLINE", "300ms");
        process.start(main(step("one", ServiceRunnerTest::never, Future::succeededFuture), step("two")));

        assertThat(process.exitStatus()).isEqualTo(1);
        assertThat(calls).containsExactly("start one", "stop one");
        assertThat(process.log()).contains("start_failed component=one", "draining reason=\"start deadline passed\"");
    }

    @Test
    void shouldDrainWithStatus0WhenSignalComesDuringStart() throws Exception {
        process.start(main(step("one"), step("two", ServiceRunnerTest::never, Future::succeededFuture), step("three")));
        Awaitility.await().until(() -> calls.contains("start two"));

        process.signal("INT");

        assertThat(process.exitStatus()).isZero();
        assertThat(calls).containsExactly("start one", "start two", "stop two", "stop one");
        assertThat(process.log()).contains("start_abandoned component=two");
    }

    @Test
    void shouldGoOnStoppingWithStatus1WhenComponentDoesNotStop() throws Exception {
        process.environment.put("SAMPLE__RUNTIME__DRAIN_DEADLINE", "300ms");
        process.start(main(
                        step("one"),
                        step("two", Future::succeededFuture, ServiceRunnerTest::never),
                        step("three", Future::succeededFuture, () -> {
                            throw new IllegalStateException("thrown");
                        })))
                .awaitLog(" ready ")
                .signal("TERM");

        assertThat(process.exitStatus()).isEqualTo(1);
        assertThat(calls.subList(3, 6)).containsExactly("stop three", "stop two", "stop one");
        assertThat(process.log()).contains("stop_failed component=three", "stop_failed component=two");
    }

    @Test
    void shouldForceExitWhenSecondSignalComes() throws Exception {
        Promise<Void> stopping = Promise.promise();
        process.start(main(step("one", Future::succeededFuture, stopping::future)))
                .awaitLog(" ready ")
                .signal("TERM")
                .awaitLog(" draining ")
                .signal("TERM")
                .signal("INT");

        assertThat(process.halts).containsExactly(1, 130);
        assertThat(process.log()).contains("forced_exit signal=SIGTERM");
        stopping.complete();
        process.exitStatus();
    }

    @Test
    void shouldExitWithStatus1WhenServiceFails() throws Exception {
        process.start(main(step("one"))).awaitLog(" ready ");

        context().fail(new IllegalStateException("ledger is gone"));

        assertThat(process.exitStatus()).isEqualTo(1);
        assertThat(process.log()).contains(" failed\n", "ledger is gone", "exit_status=1");
        assertThat(calls).endsWith("stop one");
    }

    @Test
    void shouldTellWhereItIsWhenAskedOverHttp() throws Exception {
        Promise<Void> starting = Promise.promise();
        Promise<Void> stopping = Promise.promise();
        process.start(main(step("one", starting::future, stopping::future)));
        int port = process.httpPort();

        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
        assertThat(get(port, "/api/v1/state").body()).contains("\"state\":\"starting\"");
        starting.complete();
        process.awaitLog(" ready ");
        assertThat(get(port, "/health/ready").body())
                .isEqualTo("{\"status\":\"up\",\"checks\":{\"clock\":{\"status\":\"up\",\"detail\":\"no jump since the"
                        + " start\"},\"lifecycle\":{\"status\":\"up\",\"detail\":\"ready\"}}}");
        assertThat(get(port, "/api/v1/state").body())
                .matches("\\{\"service\":\"sample\",\"instance\":\"[^\"]+\",\"boot_id\":\"[0-9a-f]{32}\",\"version\":"
                        + "\"0\\.[^\"]+\",\"uptime_ms\":\\d+,\"state\":\"ready\",\"details\":\\{}}");
        assertThat(get(port, "/metrics").body()).contains("ehash_sample_event_loop_lag_seconds_max");
        process.signal("TERM").awaitLog(" draining ");
        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(port, "/health/ready").body()).contains("\"detail\":\"draining\"");
        stopping.complete();
        assertThat(process.exitStatus()).isZero();
    }

    @Test
    void shouldApplyReloadableKeysOnlyWhenHangupComes() throws Exception {
        Path file = Files.writeString(directory.resolve("sample.toml"), "greeting = 'one'\nrepeat = 1\n");
        try (process) {
            process.start(sample(), "--config", file.toString()).awaitLog(" ready ");
            Files.writeString(file, "greeting = 'two'\nrepeat = 2\n[log]\nlevel = 'warn'\n");

            process.signal("HUP").awaitLog(" config_reloaded ");

            assertThat(process.log())
                    .contains("config_needs_restart key=repeat", "greeting_changed greeting=two")
                    .contains("config_reloaded applied=greeting,log.level need_restart=repeat");
        }
        assertThat(process.log()).as("the new level").doesNotContain(" draining ");
    }

    @Test
    void shouldKeepRunningConfigWhenNewOneIsWrong() throws Exception {
        Path file = Files.writeString(directory.resolve("sample.toml"), "greeting = 'one'\n");
        try (process) {
            process.start(sample(), "--config", file.toString()).awaitLog(" ready ");
            Files.writeString(file, "greting = 'two'\nrepeat = 10\npassword = 3\n");

            process.signal("HUP").awaitLog("key=password ");

            assertThat(process.log())
                    .contains(
                            "config_reload_refused problems=3",
                            "did you mean greeting?",
                            "key=repeat value=10 expected=")
                    .doesNotContain("greeting_changed");
        }
        assertThat(process.exitStatus()).isZero();
    }

    @Test
    void shouldReloadOverHttpWhenTokenIsRight() throws Exception {
        Path file = Files.writeString(directory.resolve("sample.toml"), "greeting = 'one'\n");
        process.environment.put("SAMPLE__HTTP__TOKEN", "hunter2");
        try (process) {
            process.start(sample(), "--config", file.toString()).awaitLog(" ready ");
            int port = process.httpPort();

            assertThat(reload(port, "hunter").statusCode()).isEqualTo(401);
            assertThat(reload(port, "hunter2").body()).isEqualTo("{\"applied\":[],\"need_restart\":[]}");
            Files.writeString(file, "greeting = 'two'\nrepeat = 3\n");
            assertThat(reload(port, "hunter2").body())
                    .isEqualTo("{\"applied\":[\"greeting\"],\"need_restart\":[\"repeat\"]}");
            Files.writeString(file, "greeting = 'unspeakable'\n");
            assertThat(reload(port, "hunter2").statusCode()).isEqualTo(500);
            Files.writeString(file, "greeting = 3\n");
            HttpResponse<String> refused = reload(port, "hunter2");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("\"code\":\"bad-config\"", "greeting = 3: expected a text");
        }
        assertThat(process.log()).contains("config_reload_failed", "cannot say it");
    }

    @Test
    void shouldWriteNoSecretAnywhereWhenItStartsReloadsAndStops() throws Exception {
        Path file = Files.writeString(
                directory.resolve("sample.toml"),
                "password = 'hunter2'\n[http]\ntoken = 'hunter3'\n[log]\nlevel = 'debug'\n");
        try (process) {
            process.start(sample(), "--config", file.toString()).awaitLog(" ready ");
            Files.writeString(file, "password = hunter2\n[http]\ntokens = 'hunter3'\n");
            process.signal("HUP").awaitLog("config_reload_refused");
        }

        assertThat(process.exitStatus()).isZero();
        assertThat(process.log())
                .contains("composed password=Optional[[redacted]] config=")
                .doesNotContain("hunter");
        assertThat(process.out() + process.err()).isEmpty();
    }

    @Test
    void shouldAlarmWhenClockJumps() throws Exception {
        try (process) {
            process.start(sample()).awaitLog(" ready ");

            process.clockOffset.set(Duration.ofHours(1));

            process.awaitLog("clock_jumped by_ms=");
            assertThat(get(process.httpPort(), "/health/ready").body()).contains("\"detail\":\"jumped by ");
            assertThat(get(process.httpPort(), "/metrics").body())
                    .contains("ehash_sample_clock_jumps_total{direction=\"forwards\"} 1.0");
        }
    }

    @Test
    void shouldLogUncaughtExceptionsAndShutDownOnlyWhenJvmIsUnreliable() throws Exception {
        process.start(main(step("one"))).awaitLog(" ready ");
        process.uncaught(new IllegalStateException("nobody caught it"));
        process.uncaught(new StackOverflowError("too deep"));
        context().vertx().runOnContext(ignored -> {
            throw new IllegalStateException("on a loop");
        });
        process.awaitLog("nobody caught it").awaitLog("on a loop");
        assertThat(process.log()).doesNotContain(" draining ");

        process.uncaught(new OutOfMemoryError("made up"));

        assertThat(process.exitStatus()).isEqualTo(1);
        assertThat(process.log()).contains("made up");
    }

    private static ServiceMain<SampleConfig> sample() {
        return ServiceMain.of("sample", "Greets.", SampleConfig.class, SampleService::new);
    }

    private ServiceMain<SampleConfig> main(Component... components) {
        return ServiceMain.of("sample", "Greets.", SampleConfig.class, (config, given) -> {
            context.set(given);
            return () -> List.of(components);
        });
    }

    private ServiceContext context() {
        ServiceContext given = context.get();
        assertThat(given).isNotNull();
        return Objects.requireNonNull(given);
    }

    private Component step(String name) {
        return step(name, Future::succeededFuture, Future::succeededFuture);
    }

    private Component step(String name, Supplier<Future<Void>> start, Supplier<Future<Void>> stop) {
        return new Component() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Future<Void> start() {
                calls.add("start " + name);
                return start.get();
            }

            @Override
            public Future<Void> stop() {
                calls.add("stop " + name);
                return stop.get();
            }
        };
    }

    private static Future<Void> never() {
        return Promise.<Void>promise().future();
    }

    private static HttpResponse<String> reload(int port, String token) throws IOException, InterruptedException {
        return send(request(port, "/api/v1/reload")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return send(request(port, path));
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
