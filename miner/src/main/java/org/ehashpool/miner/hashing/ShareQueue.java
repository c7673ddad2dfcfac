package org.ehashpool.miner.hashing;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Found shares on their way from the hashing threads to the connection. Bounded: where shares are easier to find than to
 * send, the threads wait.
 */
public final class ShareQueue {
    private static final int CAPACITY = 256;
    private static final long PATIENCE_MILLIS = 50;

    private final BlockingQueue<FoundShare> shares = new ArrayBlockingQueue<>(CAPACITY);
    private volatile @Nullable Runnable signal;

    /** What is called, on a hashing thread, whenever a share was added. */
    public void onShare(Runnable listener) {
        signal = listener;
    }

    /** The share found first; empty if there is none. */
    public Optional<FoundShare> poll() {
        return Optional.ofNullable(shares.poll());
    }

    /** Whether no share waits to be taken. */
    public boolean isEmpty() {
        return shares.isEmpty();
    }

    /**
     * Forgets all shares: nobody is there to take them.
     *
     * @return how many there were
     */
    public int clear() {
        int dropped = 0;
        while (shares.poll() != null) {
            dropped++;
        }
        return dropped;
    }

    /** Adds a share, unless its work ends while there is no room. */
    void add(FoundShare share) throws InterruptedException {
        boolean added;
        do {
            added = shares.offer(share, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } while (!added && share.work().isCurrent());
        Runnable listener = signal;
        if (added && listener != null) {
            listener.run();
        }
    }
}
