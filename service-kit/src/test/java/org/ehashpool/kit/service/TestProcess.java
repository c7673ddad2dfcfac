package org.ehashpool.kit.service;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A process around a service that is run within the test. */
final class TestProcess implements AutoCloseable {
    final Map<String, String> environment = new HashMap<>();
    final AtomicReference<Duration> clockOffset = new AtomicReference<>(Duration.ZERO);
    final List<Integer> halts = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Map<String, Consumer<String>> handlers = new ConcurrentHashMap<>();
    private final AtomicReference<Thread.@Nullable UncaughtExceptionHandler> uncaught = new AtomicReference<>();
    private CompletableFuture<Integer> exit = new CompletableFuture<>();

    TestProcess() {
        environment.put("SAMPLE__RUNTIME__EVENT_LOOPS", "1");
    }

    <C extends Record & ServiceConfig> TestProcess start(ServiceMain<C> main, String... arguments) {
        ServiceProcess process = new ServiceProcess(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                log,
                false,
                handlers::put,
                uncaught::set,
                halts::add,
                () -> Instant.now().plus(clockOffset.get()),
                System::nanoTime,
                new SecureRandom());
        exit = CompletableFuture.supplyAsync(
                () -> main.run(process, arguments),
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
        return this;
    }

    TestProcess awaitLog(String text) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> log().contains(text));
        return this;
    }

    TestProcess signal(String name) {
        Awaitility.await().until(() -> handlers.containsKey(name));
        Objects.requireNonNull(handlers.get(name)).accept(name);
        return this;
    }

    /** As if the thread had not caught it. */
    void uncaught(Throwable thrown) {
        Objects.requireNonNull(uncaught.get()).uncaughtException(Thread.currentThread(), thrown);
    }

    int exitStatus() {
        try {
            return exit.get(40, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(log(), e);
        }
    }

    /** The port of the HTTP server, once it listens. */
    int httpPort() {
        awaitLog("http_listening address=127.0.0.1:");
        return Integer.parseInt(log().replaceAll("(?s).*http_listening address=127\\.0\\.0\\.1:(\\d+).*", "$1"));
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (handlers.containsKey("TERM") && !exit.isDone()) {
            signal("TERM");
        }
        int status = exitStatus();
        if (status != 0) {
            throw new AssertionError("exit status " + status + "\n" + log());
        }
    }
}
