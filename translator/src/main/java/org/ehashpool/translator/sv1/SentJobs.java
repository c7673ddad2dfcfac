package org.ehashpool.translator.sv1;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.sv2.type.U32;
import org.ehashpool.translator.work.Work;
import org.jspecify.annotations.Nullable;

/** The work that a miner may bring shares for: the last jobs, of the last minutes, since the last that ended all others. */
final class SentJobs {
    /**
     * A job that was announced.
     *
     * @param versionMask the bits of the version that were free at the time
     * @param at monotonic nanoseconds
     */
    record Sent(Work work, @U32 long versionMask, long at) {}

    private final int most;
    private final long lifetime;
    private final Map<Integer, Sent> jobs = new LinkedHashMap<>();

    SentJobs(int most, Duration lifetime) {
        this.most = most;
        this.lifetime = lifetime.toNanos();
    }

    void add(int jobId, Sent sent) {
        Iterator<Sent> oldest = jobs.values().iterator();
        while (oldest.hasNext()) {
            Sent next = oldest.next();
            if (jobs.size() < most && sent.at - next.at < lifetime) {
                break;
            }
            oldest.remove();
        }
        jobs.put(jobId, sent);
    }

    void clear() {
        jobs.clear();
    }

    Optional<Sent> find(String jobId) {
        Optional<Long> number = HexNumber.read(jobId);
        if (number.isEmpty() || number.get() > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        @Nullable Sent sent = jobs.get(number.get().intValue());
        return Optional.ofNullable(sent);
    }

    int size() {
        return jobs.size();
    }
}
