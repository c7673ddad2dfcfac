package org.ehashpool.benchmarks.shares;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.cli.process.ServiceProcess;

/** Starts the suite's programs as processes of this JVM's kind, with this JVM's class path. */
public final class Programs {
    private static final long START_SECONDS = 120;
    private static final int LAST_LINES = 20;
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Path directory;
    private final HttpClient client;

    /** @param directory for their logs */
    public Programs(Path directory, HttpClient client) {
        this.directory = directory;
        this.client = client;
    }

    /** The command that runs a program; its arguments may be added. */
    public static List<String> command(Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /**
     * Starts a service and waits until it serves.
     *
     * @param environment its configuration, without the HTTP port
     */
    public ServiceProcess start(String name, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        int http = freePort();
        Map<String, String> all = new HashMap<>(environment);
        String prefix = name.toUpperCase(Locale.ROOT).replace('-', '_');
        all.put(prefix + "__HTTP__LISTEN", "127.0.0.1:" + http);
        ServiceProcess service = ServiceProcess.start(
                name, command, all, directory.resolve(name + ".log"), URI.create("http://127.0.0.1:" + http), client);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            switch (service.state()) {
                case READY -> {
                    return service;
                }
                case STOPPED, FAILED -> throw new IOException(name + ": " + service.lastLogLines(LAST_LINES));
                case STARTING, NOT_READY -> {
                    if (System.nanoTime() - end > 0) {
                        service.stop();
                        throw new IOException(name + " is not ready: " + service.lastLogLines(LAST_LINES));
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
            }
        }
    }
}
