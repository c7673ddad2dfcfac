package org.ehashpool.kit.postgres.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Notices that the postmaster is gone and has it started again, as often as it takes, until closed. The pools know the
 * port: the server comes back on the same one.
 */
final class ServerWatch {

    private static final Duration DELAY_LIMIT = Duration.ofSeconds(30);

    private final Object monitor;
    private final Server server;
    private final Duration firstDelay;
    private boolean closed;

    /** What is watched. */
    interface Server {

        /** The process that was started last, which may be gone; 0 when it is not known. */
        long lastPid() throws IOException;

        /** Returns when it serves. */
        void startAgain() throws IOException, InterruptedException;
    }

    /**
     * A watch that has not begun.
     *
     * @param monitor is held while the server is started, so that nobody else starts or stops it meanwhile
     * @param firstDelay between two attempts; doubles with every failure
     */
    ServerWatch(Object monitor, Server server, Duration firstDelay) {
        this.monitor = monitor;
        this.server = server;
        this.firstDelay = firstDelay;
    }

    static Optional<ProcessHandle> live(long pid) {
        return pid <= 0 ? Optional.empty() : ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    }

    /** A server that is gone before it could be watched is lost as one that dies later: nothing else would notice. */
    void begin() throws IOException {
        long pid = server.lastPid();
        Optional<ProcessHandle> process = live(pid);
        if (process.isPresent()) {
            Thread.startVirtualThread(() -> {
                process.get().onExit().join();
                recover(pid, firstDelay);
            });
        } else {
            recoverLater(pid, firstDelay, firstDelay);
        }
    }

    private void recover(long lostPid, Duration delay) {
        synchronized (monitor) {
            if (closed) {
                return;
            }
            EmbeddedPostgresEvents.lost(lostPid);
            try {
                server.startAgain();
                begin();
                return;
            } catch (IOException | RuntimeException e) {
                // Whatever it was: without another attempt the server would stay away for good.
                EmbeddedPostgresEvents.restartFailed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        Duration twice = delay.multipliedBy(2);
        recoverLater(lostPid, delay, twice.compareTo(DELAY_LIMIT) < 0 ? twice : DELAY_LIMIT);
    }

    private void recoverLater(long lostPid, Duration delay, Duration next) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(() -> recover(lostPid, next));
    }

    void close() {
        synchronized (monitor) {
            closed = true;
        }
    }
}
