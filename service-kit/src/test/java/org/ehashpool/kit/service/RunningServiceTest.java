package org.ehashpool.kit.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ehashpool.kit.config.ConfigException;
import org.ehashpool.kit.service.SampleMain.SampleConfig;
import org.ehashpool.kit.service.SampleMain.SampleService;
import org.ehashpool.kit.stats.Receiver;
import org.ehashpool.stats.message.StatsMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningServiceTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("SAMPLE__RUNTIME__EVENT_LOOPS", "1");

    @Test
    void shouldRunSideBySideAndStopWhenAsked() throws Exception {
        RunningService first = sample().start(ENVIRONMENT);
        try (RunningService second = sample().start(ENVIRONMENT)) {
            assertThat(state(first)).contains("\"state\":\"ready\"");
            assertThat(first.stop()).isZero();
            assertThat(first.exitStatus()).isCompletedWithValue(0);
            assertThat(state(second)).contains("\"state\":\"ready\"");
        }
        assertThat(first.stop()).as("stopped twice").isZero();
    }

    @Test
    void shouldTellTheStatisticsServiceThatItLivesAndThatItEnded(@TempDir Path spool) throws Exception {
        try (Receiver receiver = new Receiver()) {
            RunningService service = sample().start(Map.of(
                    "SAMPLE__RUNTIME__EVENT_LOOPS", "1",
                    "SAMPLE__RUNTIME__INSTANCE", "a",
                    "SAMPLE__STATS__URL", receiver.url().toString(),
                    "SAMPLE__STATS__TOKEN", "hunter2",
                    "SAMPLE__STATS__SPOOL", spool.toString()));
            int port = service.httpPort();
            await().until(() -> !receiver.received.isEmpty());
            assertThat(service.stop()).isZero();

            await().until(() -> receiver.heartbeats().getLast().state().equals("stopped"));
            StatsMessage.Hello hello = receiver.hellos.getFirst();
            assertThat(hello.service()).isEqualTo("sample");
            assertThat(hello.instance()).isEqualTo("a");
            assertThat(hello.token()).isEqualTo("hunter2");
            assertThat(hello.endpoints())
                    .isEqualTo(new StatsMessage.Endpoints(
                            "http://127.0.0.1:" + port + "/health/live", "http://127.0.0.1:" + port + "/api/v1/state"));
            assertThat(receiver.heartbeats().getFirst().details().toString()).contains("\"greeting\":\"hello\"");
        }
    }

    @Test
    void shouldRefuseToTellItsTokenToTheNetwork() {
        assertThatThrownBy(() -> sample().start(Map.of(
                        "SAMPLE__STATS__URL", "tcp://192.0.2.1:4000", "SAMPLE__STATS__TOKEN", "hunter2")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tls://")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldThrowWhenConfigurationIsWrong() {
        assertThatThrownBy(() -> sample().start(Map.of("SAMPLE__REPEAT", "10")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("REPEAT");
    }

    @Test
    void shouldThrowWhenServiceDoesNotBecomeReady() {
        assertThatThrownBy(
                        () -> of(context -> Future.failedFuture("no database")).start(ENVIRONMENT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sample did not become ready");
    }

    @Test
    void shouldEndWithStatus1WhenServiceFailsLater() throws Exception {
        RunningService service = of(context -> {
                    context.vertx().setTimer(1, timer -> context.fail(new IllegalStateException("ledger is gone")));
                    return Future.succeededFuture();
                })
                .start(ENVIRONMENT);

        assertThat(service.exitStatus().get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThatThrownBy(service::close).hasMessage("sample ended with status 1");
    }

    private interface Start {
        Future<Void> start(ServiceContext context);
    }

    private static ServiceMain<SampleConfig> sample() {
        return ServiceMain.of("sample", "Greets.", SampleConfig.class, SampleService::new);
    }

    private static ServiceMain<SampleConfig> of(Start start) {
        return ServiceMain.of(
                "sample",
                "Fails.",
                SampleConfig.class,
                (config, context) -> () -> List.of(new Component() {
                    @Override
                    public String name() {
                        return "one";
                    }

                    @Override
                    public Future<Void> start() {
                        return start.start(context);
                    }

                    @Override
                    public Future<Void> stop() {
                        return Future.succeededFuture();
                    }
                }));
    }

    private static String state(RunningService service) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + service.httpPort() + "/api/v1/state"))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
