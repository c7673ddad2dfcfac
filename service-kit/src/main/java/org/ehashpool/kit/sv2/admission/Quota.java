package org.ehashpool.kit.sv2.admission;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes in use against a limit. Thread-safe, without locks. */
final class Quota {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    Quota(long limit) {
        this.limit = limit;
    }

    /** Takes all of {@code bytes} or nothing. */
    boolean take(int bytes) {
        long before = used.get();
        while (before + bytes <= limit) {
            long seen = used.compareAndExchange(before, before + bytes);
            if (seen == before) {
                return true;
            }
            before = seen;
        }
        return false;
    }

    void give(int bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
