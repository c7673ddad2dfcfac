package org.ehashpool.conservation.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.ehashpool.noise.NoiseException;
import org.ehashpool.sv2.codec.ProtocolViolationException;

/** One miner, on a thread of its own: connects, mines at its pace, connects again. */
abstract class LoadMiner implements Runnable {
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long MOST_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SHORTEST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 900;

    private final Random random;
    private final DoubleSupplier sharesPerSecond;
    private final ShareStream shares;
    private final LoadFigures figures;
    private volatile boolean stopping;

    /**
     * Not connected yet.
     *
     * @param sharesPerSecond its pace, as it is at present
     */
    LoadMiner(Random random, DoubleSupplier sharesPerSecond, ShareStream shares, LoadFigures figures) {
        this.random = random;
        this.sharesPerSecond = sharesPerSecond;
        this.shares = shares;
        this.figures = figures;
    }

    /** A connection from its beginning to its end. */
    abstract void session() throws IOException, NoiseException;

    /** Whether the connection is still there. */
    abstract boolean isConnected();

    /** Sends a share that was due then. */
    abstract void send(long due) throws IOException, NoiseException;

    @Override
    public final void run() {
        while (!stopping) {
            try {
                session();
            } catch (ProtocolViolationException violation) {
                figures.violation();
            } catch (IOException | NoiseException ended) {
                // Links that break are what this is for; how many were made is in the report.
                LockSupport.parkNanos(GLANCE_NANOS);
            }
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS)));
        }
    }

    /**
     * Mines on a connection until it ends.
     *
     * @param reading reads from it, on a thread of its own, until it ends
     */
    final void mine(Closeable connection, Runnable reading) throws IOException, NoiseException {
        Thread reader = Thread.ofVirtual().name("load-read").start(reading);
        try {
            mine();
        } finally {
            connection.close();
            join(reader);
            shares.forget();
        }
    }

    private static void join(Thread reader) {
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends shares when they are due, until the connection ends. */
    private void mine() throws IOException, NoiseException {
        figures.connected();
        long due = System.nanoTime();
        while (!stopping && isConnected()) {
            long now = System.nanoTime();
            due = Math.max(due, now - MOST_BEHIND_NANOS);
            double pace = sharesPerSecond.getAsDouble();
            if (pace <= 0 || !shares.canSend()) {
                due = pace <= 0 ? now : due;
                LockSupport.parkNanos(GLANCE_NANOS);
            } else if (due > now) {
                LockSupport.parkNanos(due - now);
            } else {
                send(due);
                due += (long) (1e9 / pace);
            }
        }
    }

    /** Ends it. */
    void stop() {
        stopping = true;
    }
}
