package org.ehashpool.mining.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.job.TemplateJob;

/**
 * Jobs of solo miners, so that channels with equal payouts share one. Bounded: a job that was used last before all others
 * is forgotten here and made again if need be; channels keep their own. Not for use by several threads at once.
 */
public final class SoloJobs {
    private static final int KEPT = 1024;

    /** A template's job is equal to itself only. */
    private record Key(TemplateJob job, SoloPayout payout, int sizeIndex) {}

    private final Map<Key, Job.Extended> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Job.Extended> eldest) {
            return size() > KEPT;
        }
    };

    /** The job with these outputs, for the extranonce size at this place. */
    Job.Extended form(TemplateJob job, SoloPayout payout, int sizeIndex) {
        return made.computeIfAbsent(
                new Key(job, payout, sizeIndex), key -> key.job().paying(key.payout(), key.sizeIndex()));
    }

    /** How many are kept. */
    int size() {
        return made.size();
    }
}
