package org.ehashpool.translator.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.ehashpool.sv2.type.U32;

/**
 * The submits of one channel that upstream has not answered, and what its answers mean for each.
 *
 * <p>{@code SubmitShares.Success} names the last submit that it covers and how many it accepts, not which. It settles the
 * open submits up to the last one only where their number equals that count, taken over all such messages since the
 * submits were last in agreement. Where it does not, nobody knows which were accepted: they stay open until a
 * refusal explains the difference, or until their time is over. Then they are written off together with the counts that
 * speak of them, so that later answers mean something again.
 *
 * <p>Submits whose time is over are remembered, a bounded number of them, to tell a late answer from a wrong one.
 *
 * @param <T> a share
 */
final class ShareBook<T> {
    private static final int MOST_OVERDUE = 4_096;
    private static final int MOST_CLAIMS = 64;

    private final SequencedMap<Long, Entry<T>> open = new LinkedHashMap<>();
    private final Deque<Claim> claims = new ArrayDeque<>();
    private @U32 long newest = 0xffff_ffffL;
    private int overdue;

    /** What became of a share. */
    sealed interface Settlement<T> {
        T share();
    }

    /**
     * Upstream counts it.
     *
     * @param late whether its time was over before
     */
    record Accepted<T>(T share, boolean late) implements Settlement<T> {}

    /**
     * Upstream does not count it.
     *
     * @param late whether its time was over before
     */
    record Refused<T>(T share, boolean late) implements Settlement<T> {}

    /** Its time is over, or there is no upstream any more. */
    record Unconfirmed<T>(T share) implements Settlement<T> {}

    private static final class Entry<T> {
        final T share;
        final long deadline;
        boolean overdue;

        Entry(T share, long deadline) {
            this.share = share;
            this.deadline = deadline;
        }
    }

    /** So many of the submits up to this one are accepted. */
    private record Claim(@U32 long last, long count) {}

    /**
     * A share was sent.
     *
     * @param sequenceNumber one more than that of the share before, after 2^32 − 1 comes 0
     * @param deadline monotonic nanoseconds; never before that of the share before
     */
    void submitted(@U32 long sequenceNumber, T share, long deadline) {
        newest = sequenceNumber;
        open.put(sequenceNumber, new Entry<>(share, deadline));
    }

    /** The submits whose time is not over. */
    int waiting() {
        return open.size() - overdue;
    }

    /** SubmitShares.Success: what it settles. */
    List<Settlement<T>> accepted(@U32 long last, @U32 long count) {
        if (after(last, newest)) {
            return List.of();
        }
        Claim before = claims.peekLast();
        claims.addLast(new Claim(before != null && after(before.last(), last) ? before.last() : last, count));
        if (claims.size() > MOST_CLAIMS) {
            Claim first = claims.removeFirst();
            Claim second = claims.removeFirst();
            claims.addFirst(new Claim(second.last(), first.count() + second.count()));
        }
        List<Settlement<T>> settled = new ArrayList<>();
        reconcile(settled);
        return settled;
    }

    /** SubmitShares.Error: what it settles; it may explain why a count did not agree. */
    List<Settlement<T>> refused(@U32 long sequenceNumber) {
        Entry<T> entry = open.remove(sequenceNumber);
        if (entry == null) {
            return List.of();
        }
        List<Settlement<T>> settled = new ArrayList<>();
        overdue -= entry.overdue ? 1 : 0;
        settled.add(new Refused<>(entry.share, entry.overdue));
        reconcile(settled);
        return settled;
    }

    /** The shares whose time is over now. */
    List<Settlement<T>> expire(long now) {
        if (waiting() == 0) {
            return List.of();
        }
        List<Settlement<T>> settled = new ArrayList<>();
        for (Entry<T> entry : open.values()) {
            if (!entry.overdue) {
                if (entry.deadline - now > 0) {
                    break;
                }
                entry.overdue = true;
                overdue++;
                settled.add(new Unconfirmed<>(entry.share));
            }
        }
        if (!settled.isEmpty()) {
            reconcile(settled);
            while (overdue > MOST_OVERDUE) {
                open.pollFirstEntry();
                overdue--;
            }
        }
        return settled;
    }

    /** There will be no answers any more: the shares that had none. */
    List<Settlement<T>> abandon() {
        List<Settlement<T>> settled = new ArrayList<>();
        for (Entry<T> entry : open.values()) {
            if (!entry.overdue) {
                settled.add(new Unconfirmed<>(entry.share));
            }
        }
        open.clear();
        claims.clear();
        overdue = 0;
        return settled;
    }

    private void reconcile(List<Settlement<T>> settled) {
        while (settleAgreed(settled) || writeOff()) {
            // Each pass takes at least one claim away.
        }
    }

    /** Settles the longest run of claims from the first on that agrees with the open submits. */
    private boolean settleAgreed(List<Settlement<T>> settled) {
        long claimed = 0;
        long present = 0;
        Iterator<Long> numbers = open.keySet().iterator();
        Long next = numbers.hasNext() ? numbers.next() : null;
        int passed = 0;
        for (Claim claim : claims) {
            claimed += claim.count();
            passed++;
            while (next != null && !after(next, claim.last())) {
                present++;
                next = numbers.hasNext() ? numbers.next() : null;
            }
            if (claimed == present) {
                settle(present, passed, settled);
                return true;
            }
        }
        return false;
    }

    private void settle(long submits, int passed, List<Settlement<T>> settled) {
        for (long i = 0; i < submits; i++) {
            Entry<T> entry = open.pollFirstEntry().getValue();
            overdue -= entry.overdue ? 1 : 0;
            settled.add(new Accepted<>(entry.share, entry.overdue));
        }
        for (int i = 0; i < passed; i++) {
            claims.removeFirst();
        }
    }

    /** Forgets the first claim once nobody waits for what it speaks of. */
    private boolean writeOff() {
        Claim first = claims.peekFirst();
        if (first == null) {
            return false;
        }
        int covered = 0;
        for (var entry : open.entrySet()) {
            if (after(entry.getKey(), first.last())) {
                break;
            }
            if (!entry.getValue().overdue) {
                return false;
            }
            covered++;
        }
        for (int i = 0; i < covered; i++) {
            open.pollFirstEntry();
        }
        overdue -= covered;
        claims.removeFirst();
        return true;
    }

    /** Whether a number comes after another, on a circle of 2^32. */
    private static boolean after(@U32 long number, @U32 long other) {
        return (int) (number - other) > 0;
    }
}
