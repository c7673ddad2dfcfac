package org.ehashpool.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ehashpool.cli.launch.Launch;
import org.ehashpool.cli.probe.Prober;
import org.ehashpool.cli.probe.Prober.Finding;
import org.ehashpool.cli.probe.Prober.Question;
import org.ehashpool.cli.process.ServiceProcess;
import org.ehashpool.kit.sv2.ConnectOutcome;
import org.ehashpool.noise.certificate.Sv2Url;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.WorkerTracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs what there is of the suite as separate processes: an SV2 endpoint on an embedded Postgres, and a client that
 * connects to it again and again. Exit status: 0 all went well, 1 something failed.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Run what there is of the suite on embedded defaults, and show what it does.")
public final class DemoCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_DEADLINE = Duration.ofMinutes(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SV2_PORT = 34250;
    private static final int HTTP_PORT = 9114;
    private static final Question QUESTION = new Question(
            Protocol.MINING,
            0,
            List.of(WorkerTracking.EXTENSION, Ehash.EXTENSION),
            // A small share, the largest chunk of Noise, one byte more, and a long payload of several chunks.
            List.of(64, 65_519, 65_520, 200_000));

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything.
    private CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "End after this time of work, like 60s or 5m; without it, run until Ctrl-C.")
    private Optional<Duration> time = Optional.empty();

    @Option(
            names = "--json",
            description = "Progress goes to standard error; the last line of standard output is one JSON object.")
    private boolean json;

    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        Thread onSignal = Thread.ofPlatform().name("interrupt").unstarted(() -> {
            interrupted.set(true);
            awaitEnd();
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            return run();
        } finally {
            ended.countDown();
            if (!interrupted.get()) {
                Runtime.getRuntime().removeShutdownHook(onSignal);
            }
        }
    }

    /** Keeps the JVM until the services have ended. */
    private void awaitEnd() {
        try {
            var _ = ended.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Path home = Launch.home().resolve("demo");
        Path logs = Files.createDirectories(home.resolve("logs"));
        int sv2Port = port(SV2_PORT);
        int httpPort = port(HTTP_PORT);
        try (HttpClient client = HttpClient.newHttpClient();
                Prober prober = new Prober(new SecureRandom(), TIMEOUT)) {
            ServiceProcess endpoint = ServiceProcess.start(
                    "endpoint",
                    Launch.service("endpoint"),
                    Map.of(
                            "EHASH_HOME", home.toString(),
                            "ENDPOINT__SV2__LISTEN", "127.0.0.1:" + sv2Port,
                            "ENDPOINT__HTTP__LISTEN", "127.0.0.1:" + httpPort),
                    logs.resolve("endpoint.log"),
                    URI.create("http://127.0.0.1:" + httpPort),
                    client);
            say("data and logs: " + home);
            Tally tally = new Tally();
            boolean ready;
            try {
                ready = awaitReady(endpoint);
                if (ready) {
                    work(endpoint, prober, tally, began);
                }
            } finally {
                say("stopping …");
                tally.state = interrupted.get() ? endpoint.stopAfterInterrupt() : endpoint.stop();
            }
            boolean good =
                    ready && tally.failures == 0 && tally.handshakes > 0 && tally.state == ServiceProcess.State.STOPPED;
            finish(tally, began, good);
            return good ? 0 : 1;
        }
    }

    private boolean awaitReady(ServiceProcess endpoint) throws InterruptedException {
        say("starting endpoint (the first start unpacks and initialises PostgreSQL) …");
        long began = System.nanoTime();
        while (!over(began, Optional.of(START_DEADLINE))) {
            switch (endpoint.state()) {
                case READY -> {
                    say("endpoint is ready after " + Math.round(seconds(began) * 10) / 10.0 + " s; health "
                            + endpoint.http()
                            + "/health/ready, metrics " + endpoint.http() + "/metrics, connections "
                            + endpoint.http() + "/api/v1/connections");
                    return true;
                }
                case STOPPED, FAILED -> {
                    say("endpoint did not start; the end of " + endpoint.log() + ":");
                    say(endpoint.lastLogLines(20));
                    return false;
                }
                case STARTING, NOT_READY -> pause(Duration.ofMillis(100));
            }
        }
        say("endpoint is not ready after " + START_DEADLINE.toSeconds() + " s; its log is " + endpoint.log());
        return false;
    }

    /** A connection a second, each with its own handshake. */
    private void work(ServiceProcess endpoint, Prober prober, Tally tally, long began)
            throws IOException, InterruptedException {
        Sv2Url url = Sv2Url.parse(state(endpoint).path("sv2").path("address").asText(), prober.curve());
        say("address for clients: " + url);
        long working = System.nanoTime();
        while (!over(working, time)) {
            long round = System.nanoTime();
            tally.add(prober.probe(url, QUESTION));
            say("%6.1f s  connections %d  frames echoed %d  bytes %,d  failures %d  last handshake %.1f ms  %s %s"
                    .formatted(
                            seconds(began),
                            tally.handshakes,
                            tally.echoes,
                            tally.bytes,
                            tally.failures,
                            tally.lastHandshake.toNanos() / 1e6,
                            endpoint.name(),
                            endpoint.state().text()));
            pause(Duration.ofSeconds(1).minusNanos(System.nanoTime() - round));
        }
    }

    private static JsonNode state(ServiceProcess endpoint) throws IOException, InterruptedException {
        return JSON.readTree(endpoint.get("/api/v1/state").body()).path("details");
    }

    private void finish(Tally tally, long began, boolean good) throws JsonProcessingException {
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("seconds", Math.round(seconds(began) * 10) / 10.0);
            report.put("connections", tally.handshakes);
            report.put("frames_echoed", tally.echoes);
            report.put("failures", tally.failures);
            report.put("services", Map.of("endpoint", tally.state.text()));
            spec.commandLine().getOut().println(JSON.writeValueAsString(report));
            spec.commandLine().getOut().flush();
        }
        say(good ? "demo: all went well" : "demo: FAILED");
    }

    private boolean over(long began, Optional<Duration> limit) {
        return interrupted.get()
                || (limit.isPresent()
                        && System.nanoTime() - began >= limit.get().toNanos());
    }

    private static void pause(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** The usual port where it is free, any other where it is not. */
    private static int port(int usual) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback, usual));
            return usual;
        } catch (IOException taken) {
            try (ServerSocket any = new ServerSocket(0, 1, loopback)) {
                return any.getLocalPort();
            }
        }
    }

    private void say(String line) {
        PrintWriter out =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /** What happened so far. */
    private static final class Tally {
        private long handshakes;
        private long echoes;
        private long bytes;
        private long failures;
        private Duration lastHandshake = Duration.ZERO;
        private ServiceProcess.State state = ServiceProcess.State.STARTING;

        private void add(Finding finding) {
            if (finding.outcome() instanceof ConnectOutcome.Connected connected) {
                handshakes++;
                lastHandshake =
                        connected.timings().noise().minus(connected.timings().tcp());
            }
            echoes += finding.echoes().size();
            bytes += finding.echoes().stream().mapToLong(Prober.Echo::bytes).sum();
            if (!finding.good()) {
                failures++;
            }
        }
    }
}
