package org.ehashpool.miner.load;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.job.Job;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U32;
import org.jspecify.annotations.Nullable;

/**
 * The next shares of one channel, found and encoded before they are due. Where every hash is a share nothing is hashed.
 *
 * <p>Nonce and extranonce go on from job to job, since a job may come again under another number, and the same header
 * would be a duplicate.
 *
 * @param <T> what is sent
 */
final class ShareSupply<T> {
    private static final int AHEAD = 8;
    /** Nonces tried with one extranonce: hashing the coinbase again is the dearer part. */
    private static final int NONCES_BITS = 20;

    private final @U32 long channelId;
    private final ShareValidator validator;
    private final Form<T> form;
    private final InstantSource clock;
    private final Deque<T> ready = new ArrayDeque<>(AHEAD);
    private @Nullable AssignedJob job;
    private long candidate;
    private long sequence;

    /** How shares are encoded. */
    interface Form<T> {
        /** A share for this job. */
        T encode(Submission share, Job job);
    }

    /**
     * @param validator of the event loop
     * @param clock shares have its time, as those of devices that roll theirs
     */
    ShareSupply(@U32 long channelId, ShareValidator validator, Form<T> form, InstantSource clock) {
        this.channelId = channelId;
        this.validator = validator;
        this.form = form;
        this.clock = clock;
    }

    /** Shares are for this job from now on; those that are ready are for nothing. */
    void begin(AssignedJob next) {
        forget();
        job = next;
    }

    /** There is no job. */
    void end() {
        forget();
        job = null;
    }

    private void forget() {
        sequence -= ready.size();
        ready.clear();
    }

    /** The next share, to be sent before the one after it; empty if none was found yet. */
    Optional<T> next() {
        return Optional.ofNullable(ready.poll());
    }

    /**
     * Finds shares ahead.
     *
     * @param attempts how many headers to hash at most
     * @return whether there are as many as are kept
     */
    boolean fill(int attempts) {
        AssignedJob present = job;
        if (present == null) {
            return true;
        }
        long time = Math.max(present.tip().minimumTime(), clock.instant().getEpochSecond());
        boolean every = present.target().equals(Target.EASIEST);
        for (int i = 0; i < attempts && ready.size() < AHEAD; i++) {
            Submission share = candidate(present, time);
            if (every || present.target().isMetBy(validator.hash(share, present))) {
                ready.add(form.encode(share, present.job()));
                sequence++;
            }
        }
        return ready.size() == AHEAD;
    }

    private Submission candidate(AssignedJob present, @U32 long time) {
        long number = candidate++;
        long nonce = present.rollableSize() == 0 ? number & 0xffff_ffffL : number & ((1L << NONCES_BITS) - 1);
        return new Submission(
                channelId,
                sequence & 0xffff_ffffL,
                present.job().id(),
                nonce,
                time,
                present.job().version(),
                extranonce(present.rollableSize(), number >>> NONCES_BITS));
    }

    private static Bytes extranonce(int size, long number) {
        if (size == 0) {
            return Bytes.EMPTY;
        }
        byte[] bytes = new byte[size];
        for (int i = 0; i < Math.min(size, Long.BYTES); i++) {
            bytes[size - 1 - i] = (byte) (number >>> (8 * i));
        }
        return Bytes.of(bytes);
    }
}
