package org.ehashpool.miner.load;

import java.util.Optional;
import org.ehashpool.mining.share.AssignedJob;

/**
 * One channel that submits shares; over Stratum V1, a connection. Lives on one event loop.
 *
 * @param <T> what is sent
 */
final class LoadChannel<T> {
    private final Outlet<T> outlet;
    private final ShareSupply<T> supply;
    private final Unanswered unanswered;
    private boolean closed;
    private boolean filling;
    private boolean worked;

    /** Where shares go. */
    interface Outlet<T> {
        /** Whether it takes more without piling it up. */
        boolean isWritable();

        /** Sends a share. */
        void send(T share);
    }

    /** @param window shares that may be unanswered */
    LoadChannel(Outlet<T> outlet, ShareSupply<T> supply, int window) {
        unanswered = new Unanswered(window);
        this.outlet = outlet;
        this.supply = supply;
    }

    /** Sends its next share; false: it cannot now. */
    boolean send(long due) {
        if (closed || unanswered.isFull() || !outlet.isWritable()) {
            return false;
        }
        Optional<T> share = supply.next();
        if (share.isEmpty()) {
            return false;
        }
        outlet.send(share.get());
        unanswered.sent(due);
        return true;
    }

    /** Finds shares ahead, with so many hashes at most; whether there are as many as are kept. */
    boolean fill(int attempts) {
        return supply.fill(attempts);
    }

    Unanswered unanswered() {
        return unanswered;
    }

    /** Takes a job; true: it is the first. */
    boolean begin(AssignedJob job) {
        boolean first = !worked;
        worked = true;
        supply.begin(job);
        return first;
    }

    /** There is no job. */
    void rest() {
        supply.end();
    }

    void close() {
        closed = true;
        supply.end();
    }

    /** Whether it was not on the list of those to be filled; it is now. */
    boolean needsFilling() {
        boolean first = !filling;
        filling = true;
        return first;
    }

    void filled() {
        filling = false;
    }
}
