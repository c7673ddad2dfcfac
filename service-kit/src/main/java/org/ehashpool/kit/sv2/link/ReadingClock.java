package org.ehashpool.kit.sv2.link;

/**
 * Time that stands still while this side does not read: what the peer could not have done meanwhile is not held against
 * it. In nanoseconds; on the event loop.
 */
final class ReadingClock {

    private long pausedNanos;
    private long pausedAt;
    private boolean paused;

    void pause(long now) {
        if (!paused) {
            paused = true;
            pausedAt = now;
        }
    }

    void resume(long now) {
        if (paused) {
            paused = false;
            pausedNanos += now - pausedAt;
        }
    }

    /** The reading time at a time of the event loop's ticker that is not before the last pause. */
    long at(long now) {
        return (paused ? pausedAt : now) - pausedNanos;
    }
}
