package org.ehashpool.miner.status;

import java.util.ArrayDeque;
import java.util.Deque;

/** Hashes per second over the last seconds, from counts taken now and then. */
public final class HashRate {
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long hashes) {}

    /**
     * Takes a count.
     *
     * @param nanos monotonic nanoseconds, never less than before
     * @param hashes counted so far
     * @return hashes per second; 0 as long as there is one count
     */
    public double sample(long nanos, long hashes) {
        samples.addLast(new Sample(nanos, hashes));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        return nanos == first.nanos() ? 0 : (hashes - first.hashes()) * 1e9 / (nanos - first.nanos());
    }
}
