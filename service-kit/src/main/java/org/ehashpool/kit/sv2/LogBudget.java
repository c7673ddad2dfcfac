package org.ehashpool.kit.sv2;

/**
 * How many lines peers may write into the log: a few per second, and a count of what was left out. Thread-safe.
 * Times are monotonic nanoseconds.
 */
public final class LogBudget {

    private static final long SECOND = 1_000_000_000L;

    private final int linesPerSecond;
    private long secondBegan;
    private int lines;
    private long suppressed;

    /** With a whole second's worth of lines. */
    public LogBudget(int linesPerSecond, long now) {
        this.linesPerSecond = linesPerSecond;
        this.secondBegan = now;
    }

    /** Whether one more line may be written now; -1: no, otherwise how many were left out since the last one. */
    public synchronized long take(long now) {
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            lines = 0;
        }
        if (lines >= linesPerSecond) {
            suppressed++;
            return -1;
        }
        lines++;
        long left = suppressed;
        suppressed = 0;
        return left;
    }
}
