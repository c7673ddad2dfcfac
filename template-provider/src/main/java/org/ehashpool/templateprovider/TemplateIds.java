package org.ehashpool.templateprovider;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Numbers templates, strictly increasing, also over restarts: a solution of an earlier run must never be taken for one
 * of this run. "the current UNIX time may be used in place of an ID": it begins with it, with room for a million
 * templates a second.
 */
final class TemplateIds implements LongSupplier {
    private static final int TEMPLATES_PER_SECOND_BITS = 20;

    private final AtomicLong last;

    TemplateIds(Instant start) {
        last = new AtomicLong(start.getEpochSecond() << TEMPLATES_PER_SECOND_BITS);
    }

    @Override
    public long getAsLong() {
        return last.incrementAndGet();
    }
}
