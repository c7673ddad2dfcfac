package org.ehashpool.kit.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices when the wall clock moves otherwise than the monotonic one. A clock that is wrong breaks handshakes
 * (certificates have a validity), job times and payout records; a machine that was suspended shows the same way.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class ClockWatch {
    private final Duration threshold;
    private Instant referenceWall;
    private long referenceNanos;

    /**
     * A watch that starts at the given times.
     *
     * @param threshold what the two may differ by before it is a jump
     * @param nanos of the monotonic clock
     */
    public ClockWatch(Duration threshold, Instant wall, long nanos) {
        this.threshold = threshold;
        this.referenceWall = wall;
        this.referenceNanos = nanos;
    }

    /**
     * Compares both clocks since the last jump.
     *
     * @return how far the wall clock jumped, forwards or (negative) backwards; empty when it did not
     */
    public Optional<Duration> observe(Instant wall, long nanos) {
        Duration expected = Duration.ofNanos(nanos - referenceNanos);
        Duration jump = Duration.between(referenceWall, wall).minus(expected);
        if (jump.abs().compareTo(threshold) <= 0) {
            return Optional.empty();
        }
        referenceWall = wall;
        referenceNanos = nanos;
        return Optional.of(jump);
    }
}
