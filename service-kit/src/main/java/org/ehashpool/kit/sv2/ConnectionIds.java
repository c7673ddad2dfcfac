package org.ehashpool.kit.sv2;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers the connections of a process, whatever endpoint they belong to: one instance per process. Thread-safe. */
public final class ConnectionIds {

    private final AtomicLong last = new AtomicLong();

    /** A number that no connection of this process had before; from 1. */
    public long next() {
        return last.incrementAndGet();
    }
}
