package org.ehashpool.pool.node;

/**
 * Numbers that nodes may have.
 *
 * @param first the lowest
 * @param last the highest
 */
public record NodeRange(int first, int last) {
    /** The highest number of all: the server's part of an extranonce has two bytes. */
    public static final int HIGHEST = 0xffff;

    /**
     * A range.
     *
     * @throws IllegalArgumentException if it is empty or has numbers that do not fit
     */
    public NodeRange {
        if (first < 0 || last < first || last > HIGHEST) {
            throw new IllegalArgumentException("node ids from " + first + " to " + last);
        }
    }
}
