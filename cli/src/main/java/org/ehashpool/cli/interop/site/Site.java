package org.ehashpool.cli.interop.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehashpool.cli.interop.peer.PeerOutput;
import org.ehashpool.cli.interop.peer.ScenarioFailure;
import org.ehashpool.cli.interop.peer.WatchedProcess;

/** Where one scenario is played with whole programs: a temporary directory, free ports, processes, and a deadline. */
public final class Site implements AutoCloseable {
    private static final int LINES = 25;
    private static final String ANSWER = "answer";
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final Map<String, Path> executables;
    private final Path directory;
    private final long deadline;
    private final HttpClient http;
    private final Duration mining;
    private final Deque<Running> running = new ArrayDeque<>();
    private final List<String> notes = new ArrayList<>();

    /** Something to stop, and to look at when all is not well. */
    private interface Running {
        String name();

        /** Whether it has ended, though nobody stopped it. */
        boolean ended() throws InterruptedException;

        List<String> lastLines();

        void stop() throws InterruptedException;
    }

    /** Whether what is awaited has come to pass. */
    public interface Condition {
        /**
         * Looks.
         *
         * @throws IOException if it cannot be told, for instance since something does not answer yet: not so far
         */
        boolean met() throws ScenarioFailure, IOException, InterruptedException;
    }

    /**
     * An empty site.
     *
     * @param executables the foreign programs by their peers' names
     * @param limit how long everything may take, besides the time of mining
     * @param mining how long miners mine where nothing else ends it
     * @throws IOException if there can be no directory
     */
    public Site(Map<String, Path> executables, Duration limit, Duration mining) throws IOException {
        this.executables = Map.copyOf(executables);
        // A short name: the path of a UNIX socket in it has at most 107 bytes.
        this.directory = Files.createTempDirectory("ehash");
        this.deadline = System.nanoTime() + limit.toNanos() + mining.toNanos();
        this.mining = mining;
        this.http = HttpClient.newHttpClient();
    }

    /** For questions to whatever runs here. */
    HttpClient http() {
        return http;
    }

    /** A directory of one program, made when first asked for. */
    Path directory(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    /** A port of the loopback interface that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** The program given for a peer. */
    public String executable(String peer) {
        Path path = executables.get(peer);
        if (path == null) {
            throw new IllegalArgumentException("no scenario without its peers: " + peer);
        }
        return path.toAbsolutePath().toString();
    }

    /** Starts a program that works in its own directory, and watches its lines. */
    WatchedProcess start(String name, List<String> command, Map<String, String> environment, Map<String, Pattern> kinds)
            throws IOException {
        WatchedProcess process =
                WatchedProcess.start(name, command, environment, directory(name), new PeerOutput(), kinds);
        running.addFirst(new Watched(process));
        return process;
    }

    /** Stops a program that is not needed any more. */
    void stop(WatchedProcess process) {
        process.close();
        running.removeIf(one -> one instanceof Watched watched && watched.process() == process);
    }

    /**
     * Runs a program that ends by itself, in its own directory.
     *
     * @param lines which of its lines are worth a note
     * @throws ScenarioFailure if it does not end in time, or with a status that is not 0
     */
    public void complete(String name, List<String> command, Map<String, String> environment, Pattern lines)
            throws ScenarioFailure, IOException, InterruptedException {
        try (WatchedProcess process = finished(name, command, environment, Map.of())) {
            process.lastLines().stream().filter(lines.asPredicate()).forEach(this::note);
        }
    }

    /**
     * Runs a program that ends by itself, and takes one thing from what it prints.
     *
     * @param wanted matches the line that has it, as its first group
     * @throws ScenarioFailure if it does not end in time, with a status that is not 0, or without such a line
     */
    String ask(String name, List<String> command, Map<String, String> environment, Pattern wanted)
            throws ScenarioFailure, IOException, InterruptedException {
        try (WatchedProcess process = finished(name, command, environment, Map.of(ANSWER, wanted))) {
            return process.last(ANSWER)
                    .orElseThrow(() -> new ScenarioFailure(
                            name + " did not say " + wanted + ":\n" + String.join("\n", process.lastLines())));
        }
    }

    private WatchedProcess finished(
            String name, List<String> command, Map<String, String> environment, Map<String, Pattern> kinds)
            throws ScenarioFailure, IOException, InterruptedException {
        WatchedProcess process =
                WatchedProcess.start(name, command, environment, directory(name), new PeerOutput(), kinds);
        try {
            while (process.exitStatus().isEmpty()) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new ScenarioFailure(name + " did not end in time: " + String.join("\n", process.lastLines()));
                }
                TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
            }
            int status = process.exitStatus().orElseThrow();
            if (status != 0) {
                throw new ScenarioFailure(
                        name + " ended with status " + status + ":\n" + String.join("\n", process.lastLines()));
            }
            return process;
        } catch (ScenarioFailure | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    /** Starts a service of the suite. */
    Service service(String name, String configuration) throws IOException {
        return service(name, configuration, "");
    }

    /** Starts a service of the suite, with more about its HTTP port. */
    Service service(String name, String configuration, String http) throws IOException {
        Service service = Service.start(this, name, configuration, http);
        running.addFirst(new Served(service));
        return service;
    }

    /**
     * Waits.
     *
     * @param what is awaited, in words that follow "waited for"
     * @throws ScenarioFailure if it does not come to pass in time, or a process ends meanwhile
     */
    public void await(String what, Duration limit, Condition condition) throws ScenarioFailure, InterruptedException {
        long end = Math.min(deadline, System.nanoTime() + limit.toNanos());
        String trouble = "";
        while (true) {
            try {
                if (condition.met()) {
                    return;
                }
                trouble = "";
            } catch (IOException e) {
                trouble = ": " + e;
            }
            for (Running one : running) {
                if (one.ended()) {
                    throw new ScenarioFailure(one.name() + " ended while we waited for " + what);
                }
            }
            if (System.nanoTime() - end >= 0) {
                throw new ScenarioFailure("waited for " + what + " in vain" + trouble);
            }
            TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
        }
    }

    /** Lets everybody mine for the time that was asked for. */
    public void mine() throws ScenarioFailure, InterruptedException {
        long end = System.nanoTime() + mining.toNanos();
        await("the end of mining", mining.plus(INTERVAL), () -> System.nanoTime() - end >= 0);
    }

    /** Keeps something for the report of what passed. */
    public void note(String text) {
        notes.add(text);
    }

    /** What was worth a note. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** The last lines that every process printed, each after its name; the one started last comes first. */
    public List<String> lastLines() {
        List<String> lines = new ArrayList<>();
        running.forEach(one -> one.lastLines().forEach(line -> lines.add(one.name() + ": " + line)));
        return List.copyOf(lines);
    }

    /** Stops everything, the last one first, and removes the directory. */
    @Override
    public void close() throws IOException {
        boolean interrupted = false;
        for (Running one : running) {
            try {
                one.stop();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        http.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Watched(WatchedProcess process) implements Running {
        @Override
        public String name() {
            return process.name();
        }

        @Override
        public boolean ended() {
            return process.exitStatus().isPresent();
        }

        @Override
        public List<String> lastLines() {
            List<String> lines = process.lastLines();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        }

        @Override
        public void stop() {
            process.close();
        }
    }

    private record Served(Service service) implements Running {
        @Override
        public String name() {
            return service.name();
        }

        @Override
        public boolean ended() throws InterruptedException {
            return service.ended();
        }

        @Override
        public List<String> lastLines() {
            return service.lastLines();
        }

        @Override
        public void stop() throws InterruptedException {
            service.stop();
        }
    }
}
