package org.ehashpool.miner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the command is asked to end, and its own exit status is that of the process, which the JVM would
 * replace by the signal's.
 */
final class Ending implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("ending").unstarted(this::onSignal);
    private volatile int status = 1;

    Ending() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void onSignal() {
        asked.countDown();
        try {
            var _ = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }

    /** Whether the command is to end. */
    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits to be asked, so long at most. */
    boolean awaitAsked(long nanos) throws InterruptedException {
        return asked.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    /** What the process is to exit with. */
    int exit(int exitStatus) {
        status = exitStatus;
        return exitStatus;
    }

    @Override
    public void close() {
        done.countDown();
        if (!isAsked()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
