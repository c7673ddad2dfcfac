package org.ehashpool.mining.share;

import java.util.Optional;

/** A last word on shares that are valid otherwise, after the block check: who is paid, whether it can be recorded. */
@FunctionalInterface
public interface ShareGate {
    /** Lets everything pass. */
    ShareGate OPEN = (submission, job) -> Optional.empty();

    /** Why the share does not count, if so. It may then be submitted again. */
    Optional<ShareError> refuse(Submission submission, AssignedJob job);
}
