package org.ehashpool.conservation;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How fast a backlog goes: from the first quote after a pause until next to nothing waits. */
final class CatchUp {
    private final long enough;
    private Sample first = new Sample(0, 0, 0, 0);
    private Sample last = first;
    private boolean watching;
    private boolean begun;
    private boolean done;

    /**
     * A look at the books.
     *
     * @param nanos monotonic
     * @param waiting shares without a quote
     * @param quotes made so far
     * @param shares that these pay for
     */
    record Sample(long nanos, long waiting, long quotes, long shares) {}

    /** @param enough shares that may still wait when it counts as caught up */
    CatchUp(long enough) {
        this.enough = enough;
    }

    /** Takes the next look. */
    void take(Sample sample) {
        if (!watching) {
            watching = true;
            first = sample;
        }
        if (!begun) {
            begun = sample.quotes() > first.quotes();
            if (!begun) {
                first = sample;
            }
        }
        if (begun && !done) {
            last = sample;
            done = sample.waiting() <= enough;
        }
    }

    /** Whether next to nothing waits any more. */
    boolean isDone() {
        return done;
    }

    /** In words. */
    String text() {
        if (!begun) {
            return "no quote was made";
        }
        double seconds = Math.max(1, last.nanos() - first.nanos()) / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(
                Locale.ROOT,
                "from %,d shares to %,d in %.1f s: %,.0f quotes/s for %,.0f shares/s%s",
                first.waiting(),
                last.waiting(),
                seconds,
                (last.quotes() - first.quotes()) / seconds,
                (last.shares() - first.shares()) / seconds,
                done ? "" : ", not caught up");
    }
}
