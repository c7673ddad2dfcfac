package org.ehashpool.conservation.load;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.mining.share.AssignedJob;
import org.ehashpool.mining.share.ShareValidator;
import org.ehashpool.mining.share.Submission;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.jspecify.annotations.Nullable;

/**
 * The shares of one miner: found, sent, answered. Its nonces go on over jobs and connections, so that it never submits a
 * header twice. Thread-safe.
 */
final class ShareStream {
    /** Shares that may wait for an answer: the pool holds 65,536 of a connection. */
    private static final int MOST_UNANSWERED = 16_384;

    private static final int MOST_ATTEMPTS = 64;

    private final int owner;
    private final boolean translated;
    private final ShareLog log;
    private final LoadFigures figures;
    private final ShareValidator validator = new ShareValidator();
    private final Map<Long, Unanswered> unanswered = new LinkedHashMap<>();
    private @Nullable AssignedJob job;
    private long nonce;

    private record Unanswered(U256 hash, long due) {}

    /** A share that was found. */
    record Found(AssignedJob job, Submission share, U256 hash) {}

    /**
     * No shares yet.
     *
     * @param owner the number of the key that is paid
     * @param translated whether the answers are the translator's
     */
    ShareStream(int owner, boolean translated, ShareLog log, LoadFigures figures) {
        this.owner = owner;
        this.translated = translated;
        this.log = log;
        this.figures = figures;
    }

    synchronized void begin(AssignedJob next) {
        job = next;
    }

    /** There is no job; what is unanswered stays unknown. */
    synchronized void rest() {
        job = null;
    }

    /** The connection is gone: nobody will say what became of what is unanswered. */
    synchronized void forget() {
        job = null;
        unanswered.clear();
    }

    synchronized boolean canSend() {
        return job != null && unanswered.size() < MOST_UNANSWERED;
    }

    /** The next share; empty if there is no job, or no share among a few hashes. */
    synchronized Optional<Found> next() {
        AssignedJob present = job;
        if (present == null) {
            return Optional.empty();
        }
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            nonce = (nonce + 1) & 0xffff_ffffL;
            Submission share = new Submission(
                    0,
                    0,
                    present.job().id(),
                    nonce,
                    present.tip().minimumTime(),
                    present.job().version(),
                    Bytes.of(new byte[present.rollableSize()]));
            U256 hash = validator.hash(share, present);
            if (present.target().isMetBy(hash)) {
                return Optional.of(new Found(present, share, hash));
            }
        }
        return Optional.empty();
    }

    /** A share is about to be sent. */
    synchronized void sending(long sequence, U256 hash, long due) {
        log.add(ShareLog.Event.SENT, owner, hash);
        unanswered.put(sequence, new Unanswered(hash, due));
        figures.sent();
    }

    /**
     * All unanswered ones up to that number count.
     *
     * @param count how many that are, as the pool sees it
     */
    synchronized void acknowledgedUpTo(long sequence, long count, long now) {
        long settled = 0;
        Iterator<Map.Entry<Long, Unanswered>> oldest = unanswered.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Long, Unanswered> next = oldest.next();
            if (next.getKey() > sequence) {
                break;
            }
            oldest.remove();
            acknowledged(next.getValue(), now);
            settled++;
        }
        if (settled != count) {
            figures.uncounted();
        }
    }

    /** One counts. */
    synchronized void acknowledged(long sequence, long now) {
        Unanswered share = unanswered.remove(sequence);
        if (share != null) {
            acknowledged(share, now);
        }
    }

    private void acknowledged(Unanswered share, long now) {
        log.add(ShareLog.Event.ACKNOWLEDGED, owner, share.hash());
        figures.acknowledged(translated, now - share.due());
    }

    /** One does not. */
    synchronized void refused(long sequence, String reason) {
        Unanswered share = unanswered.remove(sequence);
        if (share != null) {
            log.add(ShareLog.Event.REFUSED, owner, share.hash());
            figures.refused(reason);
        }
    }
}
