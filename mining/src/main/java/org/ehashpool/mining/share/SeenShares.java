package org.ehashpool.mining.share;

/**
 * The shares that counted under one previous hash, by 64 bits of their hashes. Never forgets one until told so, and takes
 * no more than its limit. Grows with use: an idle channel's takes next to nothing.
 */
public final class SeenShares {
    /** A limit that no honest channel reaches between two blocks. */
    public static final int DEFAULT_LIMIT = 1 << 18;

    private static final int SMALLEST = 16;
    /** Stands for the key 0, which marks an empty place. */
    private static final long ZERO = 0x9e37_79b9_7f4a_7c15L;

    private final int limit;
    private long[] places = new long[0];
    private int size;

    /**
     * An empty set.
     *
     * @param limit the most shares it takes, 1 to 2^28
     */
    public SeenShares(int limit) {
        if (limit < 1 || limit > 1 << 28) {
            throw new IllegalArgumentException("a limit is 1 to 2^28, not " + limit);
        }
        this.limit = limit;
    }

    /** Whether a share of this key counted already. */
    public boolean contains(long key) {
        return places.length != 0 && places[place(places, nonZero(key))] != 0;
    }

    /** Whether nothing more can be added. */
    public boolean isFull() {
        return size == limit;
    }

    /**
     * Adds a share.
     *
     * @return whether it was new and there was room
     */
    public boolean add(long key) {
        if (contains(key) || isFull()) {
            return false;
        }
        if (2 * size >= places.length) {
            grow();
        }
        long entry = nonZero(key);
        places[place(places, entry)] = entry;
        size++;
        return true;
    }

    /** Forgets all: their previous hash is no longer the present one. */
    public void clear() {
        places = new long[0];
        size = 0;
    }

    /** The number of shares held. */
    public int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[Math.max(SMALLEST, 2 * places.length)];
        for (long entry : places) {
            if (entry != 0) {
                larger[place(larger, entry)] = entry;
            }
        }
        places = larger;
    }

    private static long nonZero(long key) {
        return key == 0 ? ZERO : key;
    }

    /** The place of an entry or, if it is not there, where it belongs. */
    private static int place(long[] places, long entry) {
        // The keys are bits of hashes, but of their low end, which a miner may choose a little: mix before masking.
        long mixed = entry * ZERO;
        int place = (int) (mixed >>> 32) & (places.length - 1);
        while (places[place] != 0 && places[place] != entry) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }
}
