package org.ehashpool.miner.hashing;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.type.U32;

/**
 * What one channel mines on, until it is replaced. Threads take disjoint ranges from it.
 *
 * <p>A server sends the same job again under another number when it changes the share target: work on it goes on where
 * it was, since the same header would be a duplicate.
 */
public final class Work {
    private final long channelId;
    private final AssignedJob job;
    private final SearchSpace space;
    private final AtomicLong nextRange;
    private volatile boolean current = true;

    private Work(long channelId, AssignedJob job, SearchSpace space, AtomicLong nextRange) {
        this.channelId = channelId;
        this.job = job;
        this.space = space;
        this.nextRange = nextRange;
    }

    /**
     * A job of a channel.
     *
     * @param versionMask the bits of the version that may be changed; taken as 0 where the job does not allow it
     * @param previous what the channel worked on before
     */
    public static Work on(@U32 long channelId, AssignedJob job, @U32 long versionMask, Optional<Work> previous) {
        SearchSpace space = new SearchSpace(
                job.job().version(),
                job.job().versionRollingAllowed() ? versionMask : 0,
                job.tip().minimumTime(),
                job.rollableSize());
        AtomicLong nextRange = previous.filter(before -> before.space.equals(space) && isSameSearch(before.job, job))
                .map(before -> before.nextRange)
                .orElseGet(AtomicLong::new);
        return new Work(channelId, job, space, nextRange);
    }

    private static boolean isSameSearch(AssignedJob a, AssignedJob b) {
        if (!a.tip().previousHash().equals(b.tip().previousHash())
                || a.tip().bits() != b.tip().bits()
                || !a.extranoncePrefix().equals(b.extranoncePrefix())) {
            return false;
        }
        return switch (a.job()) {
            case Job.Standard standard ->
                b.job() instanceof Job.Standard other && standard.merkleRoot().equals(other.merkleRoot());
            case Job.Extended extended ->
                b.job() instanceof Job.Extended other
                        && extended.coinbase().equals(other.coinbase())
                        && extended.path().equals(other.path());
        };
    }

    /** The channel it belongs to. */
    public @U32 long channelId() {
        return channelId;
    }

    /** The job. */
    public AssignedJob job() {
        return job;
    }

    /** Whether it is still to be worked on. */
    boolean isCurrent() {
        return current;
    }

    void retire() {
        current = false;
    }

    /** A range that nobody else gets; empty if all were given away. */
    Optional<SearchRange> take() {
        return space.range(nextRange.getAndIncrement());
    }

    /** The easier of both targets: a block is worth sending, whatever the share target. */
    Target limit() {
        return job.target().easier(job.tip().networkTarget());
    }
}
