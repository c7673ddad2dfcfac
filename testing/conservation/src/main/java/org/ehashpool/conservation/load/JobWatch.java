package org.ehashpool.conservation.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.sv2.type.U256;

/**
 * How long what the template provider sends takes to a miner: compared with when another client of the provider has it,
 * so that the provider's own time is left out. A miner's first receipt counts, and none of what was there before the miner
 * was. Bounded; thread-safe.
 */
final class JobWatch {
    private static final int REMEMBERED = 256;

    private final LoadFigures figures;
    private final Map<List<U256>, Made> made = new Recent<>();
    private final Map<List<U256>, Map<Integer, Long>> early = new Recent<>();

    private record Made(long at, Set<Integer> miners) {}

    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    JobWatch(LoadFigures figures) {
        this.figures = figures;
    }

    /**
     * The template provider has sent it, perhaps once more.
     *
     * @param what a merkle path, or a previous hash alone
     * @param now monotonic nanoseconds
     */
    synchronized void made(List<U256> what, long now) {
        Made next = new Made(now, new HashSet<>());
        Map<Integer, Long> before = early.remove(what);
        if (before != null) {
            before.forEach((miner, time) -> {
                next.miners().add(miner);
                figures.jobArrived(0);
            });
        }
        made.put(what, next);
    }

    /**
     * A miner has it.
     *
     * @param miner its number
     * @param connected when its connection was made, monotonic nanoseconds
     */
    synchronized void arrived(int miner, long connected, List<U256> what, long now) {
        Made since = made.get(what);
        if (since == null) {
            early.computeIfAbsent(what, first -> new HashMap<>()).put(miner, now);
        } else if (since.miners().add(miner) && since.at() > connected) {
            figures.jobArrived(now - since.at());
        }
    }
}
