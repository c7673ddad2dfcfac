package org.ehashpool.mining.job;

import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.sv2.type.U32;

/**
 * Numbers of jobs, ascending from 1 and starting again after 2^32 − 1: a number comes back only after all the others.
 * Safe for several threads, because jobs for all connections and jobs for one of them draw from the same.
 */
public final class JobNumbers {
    private final AtomicInteger last = new AtomicInteger();

    /** A number that was not given for a long time, never 0. */
    public @U32 long next() {
        int next = last.incrementAndGet();
        return Integer.toUnsignedLong(next == 0 ? last.incrementAndGet() : next);
    }
}
