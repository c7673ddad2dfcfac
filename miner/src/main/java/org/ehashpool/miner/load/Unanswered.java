package org.ehashpool.miner.load;

import java.util.function.LongConsumer;
import org.ehashpool.sv2.type.U32;

/**
 * The shares of one channel that were sent and not yet answered, with the times when they were due. Bounded, and without
 * garbage; grows with use.
 */
final class Unanswered {
    private static final long ANSWERED = Long.MIN_VALUE;

    private final int limit;
    private long[] dues = new long[4];
    /** The sequence number of the oldest that is held, not wrapped. */
    private long first;

    private long next;
    private int waiting;

    /** @param limit how many are taken at most */
    Unanswered(int limit) {
        this.limit = limit;
    }

    /** Whether no more are taken. */
    boolean isFull() {
        return next - first >= limit;
    }

    /** How many wait for an answer. */
    int size() {
        return waiting;
    }

    /**
     * A share was sent; its sequence number is one more than that of the one before.
     *
     * @param due monotonic nanoseconds
     */
    void sent(long due) {
        if (next - first == dues.length) {
            grow();
        }
        dues[place(next)] = due;
        next++;
        waiting++;
    }

    private void grow() {
        long[] larger = new long[2 * dues.length];
        for (long i = first; i < next; i++) {
            larger[(int) (i & (larger.length - 1))] = dues[place(i)];
        }
        dues = larger;
    }

    private int place(long sequence) {
        return (int) (sequence & (dues.length - 1));
    }

    /**
     * All up to this sequence number are answered.
     *
     * @param action told of each that was not answered before when it was due
     */
    void answeredUpTo(@U32 long last, LongConsumer action) {
        long end = unwrapped(last) + 1;
        if (end > next) {
            return;
        }
        for (; first < end; first++) {
            take(first, action);
        }
    }

    /** This one is answered. */
    void answered(@U32 long sequenceNumber, LongConsumer action) {
        long sequence = unwrapped(sequenceNumber);
        if (sequence >= first && sequence < next) {
            take(sequence, action);
            while (first < next && dues[place(first)] == ANSWERED) {
                first++;
            }
        }
    }

    private void take(long sequence, LongConsumer action) {
        int place = place(sequence);
        if (dues[place] != ANSWERED) {
            action.accept(dues[place]);
            dues[place] = ANSWERED;
            waiting--;
        }
    }

    /** The number on the wire has 32 bits: it stands for the nearest one from the oldest on. */
    private long unwrapped(@U32 long sequenceNumber) {
        return first + ((sequenceNumber - first) & 0xffff_ffffL);
    }
}
