package org.ehashpool.kit.service;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A service that runs within this process. Closing stops it. */
public final class RunningService implements AutoCloseable {
    private final String name;
    private final ServiceRunner<?> runner;
    private final CompletableFuture<Integer> exitStatus;
    private final int httpPort;

    private RunningService(String name, ServiceRunner<?> runner, CompletableFuture<Integer> exitStatus, int httpPort) {
        this.name = name;
        this.runner = runner;
        this.exitStatus = exitStatus;
        this.httpPort = httpPort;
    }

    static RunningService start(String name, ServiceRunner<?> runner) throws InterruptedException {
        CompletableFuture<Integer> exitStatus = new CompletableFuture<>();
        Thread.ofVirtual().name(name + "-lifecycle").start(() -> {
            try {
                exitStatus.complete(runner.run(Optional.empty()));
            } catch (RuntimeException | Error e) {
                exitStatus.completeExceptionally(e);
            }
        });
        try {
            return new RunningService(name, runner, exitStatus, runner.ready().get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + " did not become ready", e.getCause());
        }
    }

    /** The port of its HTTP server. */
    public int httpPort() {
        return httpPort;
    }

    /** The exit status that its process would have, when it has ended, of itself or because it was stopped. */
    public CompletableFuture<Integer> exitStatus() {
        return exitStatus.copy();
    }

    /**
     * Drains and stops it as SIGTERM would, and waits for the end.
     *
     * @return the exit status: 0, or 1 if it failed or could not stop in order
     */
    public int stop() {
        runner.stop();
        return exitStatus.join();
    }

    /** @throws IllegalStateException if it did not end in order; the log says why */
    @Override
    public void close() {
        int status = stop();
        if (status != ExitStatus.OK.code()) {
            throw new IllegalStateException(name + " ended with status " + status);
        }
    }
}
