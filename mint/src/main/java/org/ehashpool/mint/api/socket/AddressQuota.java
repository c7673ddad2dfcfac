package org.ehashpool.mint.api.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.kit.sv2.admission.AddressGroup;

/** Things of which one address, and all together, have a limited number at a time. Thread-safe. */
final class AddressQuota {

    private final int limit;
    private final int perAddress;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<AddressGroup, Integer> byAddress = new ConcurrentHashMap<>();

    AddressQuota(int limit, int perAddress) {
        this.limit = limit;
        this.perAddress = perAddress;
    }

    /** Takes all of {@code count} or nothing. */
    boolean take(AddressGroup address, int count) {
        if (taken.addAndGet(count) > limit) {
            taken.addAndGet(-count);
            return false;
        }
        if (byAddress.merge(address, count, Integer::sum) > perAddress) {
            give(address, count);
            return false;
        }
        return true;
    }

    /** Gives back what was taken. */
    void give(AddressGroup address, int count) {
        taken.addAndGet(-count);
        byAddress.computeIfPresent(address, (same, held) -> held <= count ? null : held - count);
    }

    int taken() {
        return taken.get();
    }
}
