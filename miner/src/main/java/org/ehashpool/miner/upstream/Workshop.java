package org.ehashpool.miner.upstream;

import org.ehashpool.miner.hashing.ShareQueue;
import org.ehashpool.miner.hashing.WorkBoard;
import org.ehashpool.miner.status.Tally;

/**
 * Where an upstream meets the hashing threads.
 *
 * @param board takes the jobs
 * @param found brings the shares
 * @param tally counts
 */
public record Workshop(WorkBoard board, ShareQueue found, Tally tally) {

    /** An empty one. */
    public static Workshop open() {
        return new Workshop(new WorkBoard(), new ShareQueue(), new Tally());
    }

    /** Nobody takes shares any more: work ends, and what was found is lost. */
    public void interrupted() {
        tally.disconnected();
        board.clear();
        tally.discarded(found.clear());
    }
}
