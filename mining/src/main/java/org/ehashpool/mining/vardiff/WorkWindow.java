package org.ehashpool.mining.vardiff;

import org.jspecify.annotations.Nullable;

/** Work of the last five minutes, and the hash rate that it stands for. Takes no memory before the first share. */
public final class WorkWindow {
    /** How far back it looks, in milliseconds. */
    public static final long LENGTH_MILLIS = 300_000;

    private static final int PLACES = 30;
    private static final long PLACE_MILLIS = LENGTH_MILLIS / PLACES;

    private final long beginning;
    /** The work of each place of time, and in the last element that of the place not yet over. */
    private double @Nullable [] work;

    private long latest;

    /**
     * Nothing yet.
     *
     * @param now milliseconds since 1970
     */
    public WorkWindow(long now) {
        beginning = now;
        latest = place(now);
    }

    /**
     * Adds work.
     *
     * @param hashes expected hashes
     * @param now milliseconds since 1970
     */
    public void add(double hashes, long now) {
        double[] places = work;
        if (places == null) {
            places = new double[PLACES + 1];
            work = places;
            latest = place(now);
        }
        advance(places, now);
        places[index(latest)] += hashes;
    }

    /**
     * Hashes per second over the window, or over the time since the beginning if that is shorter, but at least ten
     * seconds.
     *
     * @param now milliseconds since 1970
     */
    public double hashRate(long now) {
        double[] places = work;
        if (places == null) {
            return 0;
        }
        advance(places, now);
        double sum = 0;
        for (double one : places) {
            sum += one;
        }
        long covered = Math.min(now - beginning, LENGTH_MILLIS + now % PLACE_MILLIS);
        return sum * 1000 / Math.max(covered, PLACE_MILLIS);
    }

    /** A clock that was set back changes nothing until it has caught up. */
    private void advance(double[] places, long now) {
        long present = place(now);
        for (long steps = Math.min(present - latest, places.length); steps > 0; steps--) {
            places[index(present - steps + 1)] = 0;
        }
        latest = Math.max(latest, present);
    }

    private static long place(long millis) {
        return millis / PLACE_MILLIS;
    }

    private static int index(long place) {
        return (int) Math.floorMod(place, PLACES + 1L);
    }
}
