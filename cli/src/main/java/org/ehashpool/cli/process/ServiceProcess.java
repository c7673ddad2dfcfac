package org.ehashpool.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One service of the suite as a child process: configured by its environment, logging to a file of its own, watched
 * over HTTP, stopped with SIGTERM so that it drains.
 */
public final class ServiceProcess {

    /** What is known of a service from outside. */
    public enum State {
        STARTING,
        READY,
        NOT_READY,
        STOPPED,
        FAILED;

        /** As the reports have it, for instance {@code not-ready}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(40);
    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(2);

    private final String name;
    private final Process process;
    private final Path log;
    private final URI http;
    private final HttpClient client;

    private ServiceProcess(String name, Process process, Path log, URI http, HttpClient client) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.http = http;
        this.client = client;
    }

    /**
     * Starts {@code command} with {@code environment} added to this process's own.
     *
     * @param log receives everything the service prints; the log of the run before is kept as {@code NAME.1}
     * @param http the base address of the service's HTTP port
     * @throws IOException when the process cannot be started
     */
    public static ServiceProcess start(
            String name, List<String> command, Map<String, String> environment, Path log, URI http, HttpClient client)
            throws IOException {
        if (Files.exists(log)) {
            Files.move(log, Path.of(log + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ServiceProcess(name, builder.start(), log, http, client);
    }

    /** The service's name. */
    public String name() {
        return name;
    }

    /** The process's number. */
    public long pid() {
        return process.pid();
    }

    /** What it printed. */
    public Path log() {
        return log;
    }

    /** The base address of its HTTP port. */
    public URI http() {
        return http;
    }

    /** Asks the service itself; one that ended is stopped or failed by its exit status. */
    public State state() throws InterruptedException {
        if (!process.isAlive()) {
            return process.exitValue() == 0 ? State.STOPPED : State.FAILED;
        }
        try {
            return get("/health/ready").statusCode() == 200 ? State.READY : State.NOT_READY;
        } catch (IOException notListening) {
            return State.STARTING;
        }
    }

    /**
     * The answer to a GET on the service's HTTP port.
     *
     * @throws IOException when nothing answers in two seconds
     */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(http.resolve(path))
                .timeout(ANSWER_DEADLINE)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The last lines of the log, for the person whose service did not start. */
    public String lastLogLines(int count) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Drains by SIGTERM, and waits. A service that has not ended by its deadline is killed, which counts as failed. */
    public State stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /**
     * Waits for the end of a service that may have got the terminal's interrupt at the same time as we did: a second
     * signal would cut its draining short. One that goes on serving has not got it, and is told.
     */
    public State stopAfterInterrupt() throws InterruptedException {
        if (!isDraining()) {
            process.destroy();
        }
        return awaitEnd();
    }

    private boolean isDraining() throws InterruptedException {
        if (process.waitFor(ANSWER_DEADLINE.toMillis() / 4, TimeUnit.MILLISECONDS)) {
            return true;
        }
        try {
            return get("/api/v1/state").body().contains("\"draining\"");
        } catch (IOException noAnswer) {
            return false;
        }
    }

    private State awaitEnd() throws InterruptedException {
        if (!process.waitFor(DRAIN_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return State.FAILED;
        }
        return state();
    }
}
