package org.ehashpool.miner.load;

/**
 * When shares are due: evenly spaced from a beginning on, whatever happens to them.
 *
 * @param begin of the first, monotonic nanoseconds
 * @param perSecond how many are due each second; 0 for none at all
 */
record Schedule(long begin, double perSecond) {
    private static final double NANOS = 1e9;

    /** When a share is due, monotonic nanoseconds; the first has number 0. */
    long due(long number) {
        return begin + (long) (number * NANOS / perSecond);
    }

    /** How many are due by then. */
    long count(long now) {
        return now < begin || perSecond <= 0 ? 0 : 1 + (long) ((now - begin) * perSecond / NANOS);
    }
}
