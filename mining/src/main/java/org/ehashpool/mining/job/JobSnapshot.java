package org.ehashpool.mining.job;

import java.util.List;
import java.util.Optional;

/**
 * What a channel that is opened now starts with. Immutable.
 *
 * @param active the job to work on and what it builds on; empty before the first
 * @param futures jobs for the block after
 */
public record JobSnapshot(Optional<Active> active, List<TemplateJob> futures) {
    /** Before the first template. */
    public static final JobSnapshot EMPTY = new JobSnapshot(Optional.empty(), List.of());

    /** With the list as it is now. */
    public JobSnapshot {
        futures = List.copyOf(futures);
    }

    /**
     * The job to work on.
     *
     * @param job it
     * @param tip what it builds on
     */
    public record Active(TemplateJob job, ChainTip tip) {}

    /** What the active job builds on. */
    public Optional<ChainTip> tip() {
        return active.map(Active::tip);
    }
}
