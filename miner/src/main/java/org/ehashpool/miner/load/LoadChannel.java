package org.ehashpool.miner.load;

import java.util.Optional;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.mining.share.AssignedJob;

/** One channel that submits shares. Lives on one event loop. */
final class LoadChannel {
    private final Sv2Connection connection;
    private final ShareSupply supply;
    private final Unanswered unanswered = new Unanswered();
    private boolean closed;
    private boolean filling;
    private boolean worked;

    LoadChannel(Sv2Connection connection, ShareSupply supply) {
        this.connection = connection;
        this.supply = supply;
    }

    /** Sends its next share; false: it cannot now. */
    boolean send(long due) {
        if (closed || unanswered.isFull() || !connection.isWritable()) {
            return false;
        }
        Optional<EncodedFrame> frame = supply.next();
        if (frame.isEmpty()) {
            return false;
        }
        connection.sendEncoded(frame.get());
        unanswered.sent(due);
        return true;
    }

    ShareSupply supply() {
        return supply;
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
