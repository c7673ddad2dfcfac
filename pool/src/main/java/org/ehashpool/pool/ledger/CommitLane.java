package org.ehashpool.pool.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One event loop's way to the {@link GroupCommit}. The loop gathers credits for as long as its turn lasts and then hands
 * them over at once. Everything here is for that loop only.
 */
public final class CommitLane {
    private final GroupCommit commit;
    private final Executor loop;
    private final Settlement settlement;
    private final Runnable handOver = this::handOver;
    private List<ShareCredit> gathered = new ArrayList<>();

    /** Takes what became of credits, on the loop that handed them over, in the order in which it did. */
    @FunctionalInterface
    public interface Settlement {
        /** The outcomes are those of the credits, one each. */
        void settled(List<ShareCredit> credits, List<ShareLedger.Outcome> outcomes);
    }

    CommitLane(GroupCommit commit, Executor loop, Settlement settlement) {
        this.commit = commit;
        this.loop = loop;
        this.settlement = settlement;
    }

    /** Whether a credit may be added now. To be asked before a share is accepted. */
    public boolean isOpen() {
        return commit.hasRoomFor(gathered.size() + 1);
    }

    /** Adds a credit, which is handed over when the loop's turn ends. */
    public void add(ShareCredit credit) {
        if (gathered.isEmpty()) {
            loop.execute(handOver);
        }
        gathered.add(credit);
    }

    /** Hands over what was added so far. */
    public void handOver() {
        if (!gathered.isEmpty()) {
            List<ShareCredit> credits = gathered;
            gathered = new ArrayList<>(credits.size());
            commit.take(this, credits);
        }
    }

    void settle(List<ShareCredit> credits, List<ShareLedger.Outcome> outcomes) {
        loop.execute(() -> settlement.settled(credits, outcomes));
    }
}
