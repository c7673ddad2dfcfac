package org.ehashpool.conservation.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service of the suite as a process that may be killed, and is started again whenever it has ended. Thread-safe. */
public final class Program {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** An extract reads every row there is. */
    private static final Duration LONG_ANSWER = Duration.ofMinutes(2);

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long DRAIN_SECONDS = 40;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final URI http;
    private final String token;
    private final HttpClient client;
    private final List<String> endings = new ArrayList<>();
    private @Nullable Process process;
    private boolean wanted;
    private long notBefore;
    private int kills;

    /**
     * Nothing started yet.
     *
     * @param environment added to this process's own
     * @param log what all its processes print, one after the other
     * @param http its HTTP port
     * @param token of that
     */
    Program(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            URI http,
            String token,
            HttpClient client) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.http = http;
        this.token = token;
        this.client = client;
    }

    /** The command that runs a program of the suite on this process's own JVM, with {@code EHASH_JVM_OPTIONS}. */
    public static List<String> command(Path distribution, String name) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(distribution.resolve("lib"), name + "-[0-9]*.jar")) {
            for (Path jar : jars) {
                List<String> command = new ArrayList<>(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
                Stream.of(System.getenv().getOrDefault("EHASH_JVM_OPTIONS", "").split(" "))
                        .filter(option -> !option.isEmpty())
                        .forEach(command::add);
                command.addAll(List.of("-jar", jar.toString()));
                return List.copyOf(command);
            }
        }
        throw new IOException("no program " + name + " in " + distribution);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What it printed. */
    public Path log() {
        return log;
    }

    /** Starts it, and again whenever it ends, as {@link #watch} is called. */
    synchronized void begin() throws IOException {
        wanted = true;
        if (process == null || !process.isAlive()) {
            launch();
        }
    }

    private void launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Kills it with signal 9; it stays away until {@link #begin}. */
    synchronized void kill() throws InterruptedException {
        wanted = false;
        Process running = process;
        if (running != null && running.isAlive()) {
            kills++;
            running.destroyForcibly().waitFor();
        }
    }

    /** Stops it with SIGSTOP, or lets it go on. */
    synchronized void freeze(boolean stop) throws IOException, InterruptedException {
        Process running = process;
        if (running != null && running.isAlive()) {
            (stop ? Signal.STOP : Signal.CONTINUE).send(running.toHandle());
        }
    }

    /** Starts it again if it should run and does not, at most once a second. */
    synchronized void watch(long now) throws IOException {
        Process last = process;
        if (!wanted || last == null || last.isAlive()) {
            notBefore = now;
        } else if (notBefore <= now) {
            endings.add("exit status " + last.exitValue());
            notBefore = now + PAUSE_NANOS;
            launch();
        }
    }

    /** Drains it by SIGTERM, at most forty seconds; then it is killed. Returns what came of it. */
    synchronized String stop() throws InterruptedException {
        wanted = false;
        Process running = process;
        if (running == null) {
            return "never ran";
        }
        running.toHandle().destroy();
        if (!running.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            running.destroyForcibly().waitFor();
            return "did not stop in " + DRAIN_SECONDS + " s";
        }
        return running.exitValue() == 0 ? "stopped" : "exit status " + running.exitValue();
    }

    /** How often it ended by itself, and how. */
    public synchronized List<String> endings() {
        return List.copyOf(endings);
    }

    /** How often it was killed. */
    public synchronized int kills() {
        return kills;
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether it says that it is ready. */
    public boolean isReady() throws InterruptedException {
        try {
            return send("/health/ready", ANSWER).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    /**
     * The answer to a GET with the token.
     *
     * @throws IOException when there is none, or another status than 200
     */
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path, LONG_ANSWER);
        if (answer.statusCode() != 200) {
            throw new IOException(name + " answers " + answer.statusCode() + " to " + path);
        }
        return JSON.readTree(answer.body());
    }

    /**
     * The sum of a figure in the metrics over all its labels; 0 if it is not there.
     *
     * @throws IOException when there is no answer
     */
    public double metric(String figure) throws IOException, InterruptedException {
        return send("/metrics", ANSWER)
                .body()
                .lines()
                .filter(line -> line.startsWith(figure + " ") || line.startsWith(figure + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> send(String path, Duration patience) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(http.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .timeout(patience)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Its HTTP port. */
    public URI http() {
        return http;
    }

    /** The token of its HTTP port. */
    public String token() {
        return token;
    }
}
