package org.ehashpool.mining.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehashpool.sv2.type.U32;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a channel are valid. Holds future jobs, the active one with a few before it, and the numbers of some that
 * are no longer valid, so that a late share is told from a nonsensical one. Bounded in all three.
 *
 * @param <F> a future job
 * @param <A> a job that is worked on
 */
public final class JobBook<F, A> {
    /** Jobs worked on that stay valid under one previous hash, unless told otherwise. */
    public static final int DEFAULT_RETENTION = 16;

    private static final int FUTURES = 8;
    private static final int RETIRED = 64;

    private final int retention;
    private final List<Entry<F>> futures = new ArrayList<>(1);
    private final List<Entry<A>> jobs = new ArrayList<>(2);
    private int[] retired = new int[0];
    private int retiredCount;
    private int retiredNext;

    private record Entry<T>(@U32 long id, T job) {}

    /**
     * An empty book.
     *
     * @param retention jobs worked on that stay valid under one previous hash, at least 1
     */
    public JobBook(int retention) {
        if (retention < 1) {
            throw new IllegalArgumentException("at least the active job is kept, not " + retention);
        }
        this.retention = retention;
    }

    /** What is known of a number. */
    public sealed interface Lookup<A> {}

    /**
     * A job that counts.
     *
     * @param job it
     */
    public record Valid<A>(A job) implements Lookup<A> {}

    /** A job that counted once. */
    public record Stale<A>() implements Lookup<A> {}

    /** No job, or a future one that must not be worked on yet, or one long forgotten. */
    public record Unknown<A>() implements Lookup<A> {}

    /** Adds a job that waits for its previous hash. The oldest of too many is forgotten. */
    public void addFuture(@U32 long id, F job) {
        futures.removeIf(entry -> entry.id() == id);
        if (futures.size() == FUTURES) {
            retire(futures.removeFirst().id());
        }
        futures.add(new Entry<>(id, job));
    }

    /** Adds a job that is worked on from now. The oldest of too many becomes stale. */
    public void addActive(@U32 long id, A job) {
        jobs.removeIf(entry -> entry.id() == id);
        if (jobs.size() == retention) {
            retire(jobs.removeFirst().id());
        }
        jobs.add(new Entry<>(id, job));
    }

    /** The future job of this number. */
    public Optional<F> future(@U32 long id) {
        for (Entry<F> entry : futures) {
            if (entry.id() == id) {
                return Optional.of(entry.job());
            }
        }
        return Optional.empty();
    }

    /** Drops future jobs, as SetNewPrevHash demands: those not named are "made invalid". */
    public void dropFutures() {
        futures.forEach(entry -> retire(entry.id()));
        futures.clear();
    }

    /** Drops the jobs worked on: the previous hash changed. */
    public void dropActive() {
        jobs.forEach(entry -> retire(entry.id()));
        jobs.clear();
    }

    /** The job worked on last. */
    public Optional<A> latest() {
        return jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.getLast().job());
    }

    /** The jobs that are worked on, the latest last. */
    public List<A> active() {
        return jobs.stream().map(Entry::job).toList();
    }

    /** What is known of a job number. */
    public Lookup<A> find(@U32 long id) {
        A job = findActive(id);
        if (job != null) {
            return new Valid<>(job);
        }
        for (int i = 0; i < retiredCount; i++) {
            if (Integer.toUnsignedLong(retired[i]) == id) {
                return new Stale<>();
            }
        }
        return new Unknown<>();
    }

    private @Nullable A findActive(@U32 long id) {
        // From the latest: nearly every share is for it.
        for (int i = jobs.size() - 1; i >= 0; i--) {
            Entry<A> entry = jobs.get(i);
            if (entry.id() == id) {
                return entry.job();
            }
        }
        return null;
    }

    private void retire(@U32 long id) {
        if (retiredCount < RETIRED) {
            if (retiredCount == retired.length) {
                int[] longer = new int[Math.min(RETIRED, Math.max(4, 2 * retired.length))];
                System.arraycopy(retired, 0, longer, 0, retiredCount);
                retired = longer;
            }
            retired[retiredCount++] = (int) id;
        } else {
            retired[retiredNext] = (int) id;
            retiredNext = (retiredNext + 1) % RETIRED;
        }
    }
}
