package org.ehashpool.kit.sv2.upstream;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which upstreams met RequestExtensions with silence, so that the next connection does not wait for it again. Bounded, and
 * forgotten after a while, since servers learn. Thread-safe. Times are monotonic nanoseconds.
 */
public final class UpstreamMemory {

    private static final int CAPACITY = 1_024;

    private final long nanosRemembered;
    private final Map<String, Long> silentUntil = new LinkedHashMap<>();

    /** @param remembered how long silence is remembered */
    public UpstreamMemory(Duration remembered) {
        this.nanosRemembered = remembered.toNanos();
    }

    /** Notes that an upstream did not answer. */
    public synchronized void noteSilent(String upstream, long now) {
        silentUntil.remove(upstream);
        if (silentUntil.size() >= CAPACITY) {
            silentUntil.remove(silentUntil.keySet().iterator().next());
        }
        silentUntil.put(upstream, now + nanosRemembered);
    }

    /** Notes that an upstream answered, or that its endpoint changed. */
    public synchronized void forget(String upstream) {
        silentUntil.remove(upstream);
    }

    /** Whether it is known not to answer. */
    public synchronized boolean isSilent(String upstream, long now) {
        Long until = silentUntil.get(upstream);
        if (until != null && until - now <= 0) {
            silentUntil.remove(upstream);
            return false;
        }
        return until != null;
    }
}
