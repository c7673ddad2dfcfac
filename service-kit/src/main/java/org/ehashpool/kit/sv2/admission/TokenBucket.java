package org.ehashpool.kit.sv2.admission;

import java.util.concurrent.TimeUnit;

/** How often something may happen (generic cell rate algorithm). Times are monotonic nanoseconds. */
public final class TokenBucket {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** When what happened so far has been paid for. */
    private long paidAt;

    /** A full one. */
    public TokenBucket(long now) {
        paidAt = now;
    }

    /**
     * Whether it may happen once more.
     *
     * @param perSecond in the long run
     * @param burst at once after a pause
     */
    public boolean take(long now, int perSecond, int burst) {
        long cost = SECOND / perSecond;
        long due = Math.max(paidAt - now, 0);
        if (due > cost * (burst - 1L)) {
            return false;
        }
        paidAt = now + due + cost;
        return true;
    }
}
