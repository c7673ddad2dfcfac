package org.ehashpool.kit.sv2.link;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for the curve work of handshakes, which takes too long for an event loop. The queue before them is bounded:
 * what finds no place is refused at once. One instance may serve several endpoints.
 */
public final class HandshakeWorkers implements AutoCloseable {

    private final ThreadPoolExecutor executor;

    /**
     * @param threads handshakes computed at once; more than the machine's processors is of no use
     * @param queue handshakes that may wait
     */
    public HandshakeWorkers(int threads, int queue) {
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().daemon().name("noise-handshake-", 0).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs the work on a worker; false: there is no place for it. */
    public boolean offer(Runnable work) {
        try {
            executor.execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** Handshakes that wait for a worker. */
    public int queued() {
        return executor.getQueue().size();
    }

    /** Lets what is under way finish and drops what waits; does not wait for it. */
    @Override
    public void close() {
        executor.shutdown();
        executor.getQueue().clear();
    }
}
