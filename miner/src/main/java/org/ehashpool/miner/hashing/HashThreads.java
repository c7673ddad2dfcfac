package org.ehashpool.miner.hashing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;

/** The threads that search. */
public final class HashThreads implements AutoCloseable {
    private static final long END_MILLIS = 2_000;

    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder hashes = new LongAdder();

    /**
     * Begins to search whatever is on the board.
     *
     * @param count number of threads
     * @param limit hashes per second of all threads; empty: as many as they can
     */
    public HashThreads(int count, OptionalDouble limit, WorkBoard board, ShareQueue found) {
        OptionalDouble each =
                limit.isPresent() ? OptionalDouble.of(limit.getAsDouble() / count) : OptionalDouble.empty();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("hash-" + i)
                    .start(new HashLoop(board, found, hashes, each, System::nanoTime)));
        }
    }

    /** Hashes computed so far. */
    public long hashes() {
        return hashes.sum();
    }

    /** Ends the search. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
