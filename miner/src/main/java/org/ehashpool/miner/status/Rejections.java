package org.ehashpool.miner.status;

import java.util.Map;
import java.util.TreeMap;

/** Refused shares by the reason the pool gave. Bounded, since reasons are the pool's to invent. Thread-safe. */
public final class Rejections {
    private static final int MAX_REASONS = 32;
    private static final int MAX_LENGTH = 64;
    private static final String OTHERS = "other";

    private final Map<String, Long> counts = new TreeMap<>();
    private long total;

    /** Counts one, under this reason or, if there are too many of them, under "other". */
    public synchronized void add(String reason) {
        String name = reason.isBlank() ? "no reason given" : reason;
        String shortened = name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name;
        boolean room = counts.containsKey(shortened) || counts.size() < MAX_REASONS;
        counts.merge(room ? shortened : OTHERS, 1L, Long::sum);
        total++;
    }

    /** How many of each. */
    public synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** How many in all. */
    public synchronized long total() {
        return total;
    }
}
