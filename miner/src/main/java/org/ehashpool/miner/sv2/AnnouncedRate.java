package org.ehashpool.miner.sv2;

/** When the pool is told of another hash rate: if it is far from what was said last, and not too often. */
final class AnnouncedRate {
    private static final double WORTH_TELLING = 1.25;
    private static final long INTERVAL_NANOS = 30_000_000_000L;

    private double announced;
    private long lastNanos;

    /**
     * @param announced hashes per second said first
     * @param now monotonic nanoseconds
     */
    AnnouncedRate(double announced, long now) {
        this.announced = announced;
        this.lastNanos = now;
    }

    /**
     * Whether to tell the pool, which counts as done.
     *
     * @param measured hashes per second; 0 if it is not known
     * @param now monotonic nanoseconds
     */
    boolean isWorthTelling(double measured, long now) {
        boolean differs =
                measured > 0 && (measured > announced * WORTH_TELLING || measured < announced / WORTH_TELLING);
        if (!differs || now - lastNanos < INTERVAL_NANOS) {
            return false;
        }
        announced = measured;
        lastNanos = now;
        return true;
    }
}
