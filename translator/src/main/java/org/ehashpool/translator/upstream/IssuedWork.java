package org.ehashpool.translator.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.translator.work.ExtranonceSpace;
import org.ehashpool.translator.work.Work;

/** A channel's jobs as work that was handed out, the last few of them. */
final class IssuedWork {
    private static final int KEPT = 32;

    private final Deque<Issued> issued = new ArrayDeque<>(2);
    private final Bytes padding;
    private final boolean fixedVersion;

    /**
     * Work and the job that it is.
     *
     * @param work as it was handed out
     * @param job as upstream sent it
     */
    record Issued(Work work, AssignedJob job) {}

    /**
     * Nothing yet.
     *
     * @param surplus bytes of the channel's extranonce that no miner needs
     * @param fixedVersion whether upstream takes no change of the version at all
     */
    IssuedWork(int surplus, boolean fixedVersion) {
        padding = Bytes.of(new byte[surplus]);
        this.fixedVersion = fixedVersion;
    }

    /** A job as work. */
    Work issue(AssignedJob assigned, Job.Extended job) {
        Work work = new Work(
                assigned.tip().previousHash(),
                Bytes.concat(job.coinbase().prefix(), assigned.extranoncePrefix(), padding),
                job.coinbase().suffix(),
                job.path().steps(),
                job.version(),
                job.versionRollingAllowed() && !fixedVersion ? Job.VERSION_ROLLING_MASK : 0,
                assigned.tip().bits(),
                assigned.tip().minimumTime(),
                assigned.target());
        if (issued.size() == KEPT) {
            issued.removeFirst();
        }
        issued.addLast(new Issued(work, assigned));
        return work;
    }

    /** What a miner adds to the channel's prefix. */
    Bytes extranonce(ExtranonceSpace space, Bytes extranonce2) {
        return Bytes.concat(padding, space.extranonce1(), extranonce2);
    }

    /** Whether the version must be as the job has it. */
    boolean fixedVersion() {
        return fixedVersion;
    }

    /** What was handed out last. */
    Optional<Issued> latest() {
        return Optional.ofNullable(issued.peekLast());
    }

    /** The job that a piece of work is, if it was handed out here and not too long ago. */
    Optional<AssignedJob> find(Work work) {
        // From the latest: nearly every share is for it.
        for (Iterator<Issued> from = issued.descendingIterator(); from.hasNext(); ) {
            Issued one = from.next();
            if (one.work().equals(work)) {
                return Optional.of(one.job());
            }
        }
        return Optional.empty();
    }
}
