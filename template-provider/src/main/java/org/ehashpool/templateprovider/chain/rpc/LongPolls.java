package org.ehashpool.templateprovider.chain.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.templateprovider.chain.node.ChainStatus;

/** The calls that wait for a better template, bounded in number and time. */
final class LongPolls {
    private final int limit;
    private final long intervalNanos;
    private final long longestNanos;
    private final List<Ticket> waiting = new ArrayList<>();

    /** A call that waits. */
    static final class Ticket {
        private final String longPollId;
        private final long since;
        private final Runnable wake;

        private Ticket(String longPollId, long since, Runnable wake) {
            this.longPollId = longPollId;
            this.since = since;
            this.wake = wake;
        }
    }

    /**
     * @param limit calls that may wait
     * @param interval how old a template must be for a mere change of the mempool to be told
     * @param longest after which a call is answered in any case
     */
    LongPolls(int limit, Duration interval, Duration longest) {
        this.limit = limit;
        this.intervalNanos = interval.toNanos();
        this.longestNanos = longest.toNanos();
    }

    /** Waits; empty where too many do already. {@code wake} is run once, unless the ticket is given back. */
    synchronized Optional<Ticket> wait(String longPollId, long nowNanos, Runnable wake) {
        if (waiting.size() >= limit) {
            return Optional.empty();
        }
        Ticket ticket = new Ticket(longPollId, nowNanos, wake);
        waiting.add(ticket);
        return Optional.of(ticket);
    }

    synchronized void giveBack(Ticket ticket) {
        waiting.remove(ticket);
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Wakes those for whom there is something new, or whose time is up. */
    void look(ChainStatus status, long nowNanos) {
        List<Ticket> woken;
        synchronized (this) {
            woken = waiting.stream()
                    .filter(ticket -> isDue(ticket, status, nowNanos))
                    .toList();
            waiting.removeAll(woken);
        }
        woken.forEach(ticket -> ticket.wake.run());
    }

    /** Wakes all. */
    void end() {
        List<Ticket> woken;
        synchronized (this) {
            woken = List.copyOf(waiting);
            waiting.clear();
        }
        woken.forEach(ticket -> ticket.wake.run());
    }

    private boolean isDue(Ticket ticket, ChainStatus status, long nowNanos) {
        long age = nowNanos - ticket.since;
        boolean newTip = !ticket.longPollId.startsWith(status.tip().toHex());
        boolean changed = !ticket.longPollId.equals(status.longPollId());
        return newTip || age >= longestNanos || (changed && age >= intervalNanos);
    }
}
