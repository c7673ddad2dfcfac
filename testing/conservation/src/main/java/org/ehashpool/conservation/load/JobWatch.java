package org.ehashpool.conservation.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ehashpool.sv2.type.U256;

/**
 * How long what the template provider sends takes to a miner: compared with when another client of the provider has it,
 * so that the provider's own time is left out. Bounded; thread-safe.
 */
final class JobWatch {
    private static final int REMEMBERED = 256;

    private final LoadFigures figures;
    private final Map<List<U256>, Long> made = new Recent<>();
    private final Map<List<U256>, List<Long>> early = new Recent<>();

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
     * The template provider has sent it.
     *
     * @param what a merkle path, or a previous hash alone
     * @param now monotonic nanoseconds
     */
    synchronized void made(List<U256> what, long now) {
        if (made.putIfAbsent(what, now) == null) {
            List<Long> before = early.remove(what);
            if (before != null) {
                before.forEach(time -> figures.jobArrived(0));
            }
        }
    }

    /** A miner has it. */
    synchronized void arrived(List<U256> what, long now) {
        Long since = made.get(what);
        if (since == null) {
            early.computeIfAbsent(what, first -> new ArrayList<>()).add(now);
        } else {
            figures.jobArrived(now - since);
        }
    }
}
