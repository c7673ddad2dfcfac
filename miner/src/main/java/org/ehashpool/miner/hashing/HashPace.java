package org.ehashpool.miner.hashing;

/**
 * Keeps one thread to a number of hashes per second. What it could not do while it had nothing to do is not made up for,
 * but for a moment's worth.
 */
final class HashPace {
    private static final long NANOS = 1_000_000_000L;
    private static final long MOMENT = NANOS / 10;

    private final double hashesPerSecond;
    private long done;
    private long since;

    /** @param now monotonic nanoseconds */
    HashPace(double hashesPerSecond, long now) {
        this.hashesPerSecond = hashesPerSecond;
        this.since = now;
    }

    /**
     * How long to pause after so many more hashes, in nanoseconds; 0 for not at all.
     *
     * @param now monotonic nanoseconds
     */
    long pause(long hashes, long now) {
        done += hashes;
        long due = since + (long) (done / hashesPerSecond * NANOS);
        if (now - due > MOMENT) {
            since = now;
            done = 0;
            return 0;
        }
        return Math.max(0, due - now);
    }
}
