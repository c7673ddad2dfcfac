package org.ehashpool.miner.hashing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.type.U32;

/** What there is to mine on: one piece of work per channel. Threads are given them in turn. */
public final class WorkBoard {
    private final Map<Long, Work> works = new LinkedHashMap<>();
    private List<Work> turns = List.of();
    private int turn;

    /** A range with the work it belongs to. */
    record Assignment(Work work, SearchRange range) {}

    /** Puts a job up in place of the channel's earlier one. */
    public synchronized void put(@U32 long channelId, AssignedJob job, @U32 long versionMask) {
        Optional<Work> previous = Optional.ofNullable(works.get(channelId));
        previous.ifPresent(Work::retire);
        works.put(channelId, Work.on(channelId, job, versionMask, previous));
        changed();
    }

    /** Takes a channel's job down. */
    public synchronized void remove(@U32 long channelId) {
        Work work = works.remove(channelId);
        if (work != null) {
            work.retire();
            changed();
        }
    }

    /** Takes all jobs down. */
    public synchronized void clear() {
        works.values().forEach(Work::retire);
        works.clear();
        changed();
    }

    private void changed() {
        turns = List.copyOf(works.values());
        notifyAll();
    }

    /** Something to search, from each channel in turn; waits until there is something. */
    synchronized Assignment take() throws InterruptedException {
        while (true) {
            for (int i = 0; i < turns.size(); i++) {
                turn = (turn + 1) % turns.size();
                Work work = turns.get(turn);
                Optional<SearchRange> range = work.take();
                if (range.isPresent()) {
                    return new Assignment(work, range.get());
                }
            }
            wait();
        }
    }
}
