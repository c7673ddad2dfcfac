package org.ehashpool.mining.share;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.sv2.message.Mining.SubmitSharesError;
import org.ehashpool.sv2.message.Mining.SubmitSharesSuccess;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.sv2.type.U64;

/**
 * The shares of a channel that count but are not yet recorded, in the order in which they came. They are acknowledged,
 * or refused, in that order, so that no error ever names a share that an acknowledgement covered. Bounded.
 */
public final class PendingShares {
    private final @U32 long channelId;
    private final int limit;
    private final Deque<Pending> pending = new ArrayDeque<>(1);
    private @U32 long fraction;

    private record Pending(@U32 long sequenceNumber, Target target) {}

    /**
     * None yet.
     *
     * @param limit the most that may wait
     */
    public PendingShares(@U32 long channelId, int limit) {
        this.channelId = channelId;
        this.limit = limit;
    }

    /** Whether no more may wait. */
    public boolean isFull() {
        return pending.size() >= limit;
    }

    /** The number that wait. */
    public int size() {
        return pending.size();
    }

    /** Adds a share. Callers look at {@link #isFull} first. */
    public void add(@U32 long sequenceNumber, Target target) {
        pending.addLast(new Pending(sequenceNumber, target));
    }

    /**
     * The oldest so many are recorded: what to tell the client, one message for all. Its sum is the sum of difficulties
     * rounded down; what rounding cuts off goes into the next, so that small difficulties are not lost.
     *
     * @param count at most {@link #size}
     */
    public Optional<SubmitSharesSuccess> acknowledge(int count) {
        @U64 long sum = 0;
        long last = 0;
        int covered = 0;
        for (; covered < count && !pending.isEmpty(); covered++) {
            Pending share = pending.removeFirst();
            last = share.sequenceNumber();
            fraction += share.target().fractionalDifficulty();
            sum = saturatingAdd(saturatingAdd(sum, share.target().wholeDifficulty()), fraction >>> 32);
            fraction &= 0xffff_ffffL;
        }
        return covered == 0 ? Optional.empty() : Optional.of(new SubmitSharesSuccess(channelId, last, covered, sum));
    }

    /**
     * The oldest so many cannot be recorded: what to tell the client, one message each.
     *
     * @param count at most {@link #size}
     */
    public List<SubmitSharesError> refuse(int count, ShareError error) {
        List<SubmitSharesError> messages = new ArrayList<>();
        for (int i = 0; i < count && !pending.isEmpty(); i++) {
            messages.add(new SubmitSharesError(channelId, pending.removeFirst().sequenceNumber(), error.code()));
        }
        return messages;
    }

    private static @U64 long saturatingAdd(@U64 long sum, @U64 long addend) {
        long result = sum + addend;
        return Long.compareUnsigned(result, sum) < 0 ? -1 : result;
    }
}
