package org.ehashpool.kit.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.ehashpool.kit.sv2.admission.AddressGroup;

/**
 * How much each address may ask for (generic cell rate algorithm). Thread-safe.
 *
 * <p>What is remembered is bounded: an address is forgotten when its rate has recovered. While too many are remembered,
 * newcomers share one allowance.
 */
public final class RequestRates {

    private static final int MOST_ADDRESSES = 100_000;
    private static final int SWEEP_EVERY = 10_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long nanosPerRequest;
    private final long burstNanos;
    private final LongSupplier nanoTime;
    private final int mostAddresses;
    /** When what was asked so far is paid for, in nanoseconds since the start. */
    private final Map<AddressGroup, Long> paidAt = new HashMap<>();

    private final long start;
    private long newcomersPaidAt;
    private int untilSweep = SWEEP_EVERY;
    private long nextSweep;

    /**
     * Rates of nobody yet.
     *
     * @param perSecond in the long run
     * @param burst at once after a pause
     * @param nanoTime the monotonic clock
     */
    public RequestRates(int perSecond, int burst, LongSupplier nanoTime) {
        this(perSecond, burst, nanoTime, MOST_ADDRESSES);
    }

    RequestRates(int perSecond, int burst, LongSupplier nanoTime, int mostAddresses) {
        this.nanosPerRequest = SECOND / perSecond;
        this.burstNanos = nanosPerRequest * burst;
        this.nanoTime = nanoTime;
        this.mostAddresses = mostAddresses;
        this.start = nanoTime.getAsLong();
    }

    /**
     * Whether an address may ask for that much more. Whoever has paid for less than it asks for owes the rest: a large
     * request is let through, and the next one waits for longer.
     *
     * @param cost in requests, at least 1
     */
    public synchronized boolean take(AddressGroup address, int cost) {
        long now = nanoTime.getAsLong() - start;
        if (--untilSweep <= 0 || paidAt.size() >= mostAddresses) {
            sweep(now);
        }
        boolean newcomer = paidAt.size() >= mostAddresses && !paidAt.containsKey(address);
        long due = Math.max(now, newcomer ? newcomersPaidAt : paidAt.getOrDefault(address, 0L));
        if (due - now > burstNanos - nanosPerRequest) {
            return false;
        }
        long paid = due + cost * nanosPerRequest;
        if (newcomer) {
            newcomersPaidAt = paid;
        } else {
            paidAt.put(address, paid);
        }
        return true;
    }

    /** How many addresses owe something. */
    public synchronized int remembered() {
        return paidAt.size();
    }

    /** Not more than now and then, however full it is. */
    private void sweep(long now) {
        if (untilSweep > 0 && now < nextSweep) {
            return;
        }
        untilSweep = SWEEP_EVERY;
        nextSweep = now + SECOND;
        paidAt.values().removeIf(paid -> paid <= now);
    }
}
