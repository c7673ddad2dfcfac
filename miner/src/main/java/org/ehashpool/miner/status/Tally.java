package org.ehashpool.miner.status;

import java.util.concurrent.atomic.LongAdder;
import org.ehashpool.mining.difficulty.Target;

/** Counts what happens to a miner. Thread-safe. */
public final class Tally {
    private final LongAdder submitted = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder shareSum = new LongAdder();
    private final LongAdder discarded = new LongAdder();
    private final LongAdder jobs = new LongAdder();
    private final LongAdder blocks = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final Rejections rejections = new Rejections();
    private volatile double difficulty;
    private volatile boolean connected;
    private volatile boolean everOpened;
    private volatile String state = "starting";

    /** A share was sent. */
    public void submitted() {
        submitted.increment();
    }

    /**
     * The pool said that shares count.
     *
     * @param count how many
     * @param sum the sum of their difficulties, as the pool gave it; 0 where the protocol has none
     */
    public void accepted(long count, long sum) {
        accepted.add(count);
        shareSum.add(sum);
    }

    /** The pool said that a share does not count. */
    public void rejected(String reason) {
        rejections.add(reason);
    }

    /** Shares sent that nobody has judged: they wait for their answers, or their connection was lost. */
    public long unanswered() {
        return submitted.sum() - accepted.sum() - rejections.total();
    }

    /** Shares were not sent because their job ended, or the connection, before they could be. */
    public void discarded(long count) {
        discarded.add(count);
    }

    /** A job to work on came. */
    public void job() {
        jobs.increment();
    }

    /** A hash met the network's target. */
    public void block() {
        blocks.increment();
    }

    /** The share target is now this one. */
    public void target(Target target) {
        difficulty = target.difficulty();
    }

    /** A channel is open: a connection of use. */
    public void opened() {
        connections.increment();
        connected = true;
        everOpened = true;
    }

    /** The connection is gone, or of no use. */
    public void disconnected() {
        connected = false;
    }

    /** What the connection does, in a few words. */
    public void state(String words) {
        state = words;
    }

    /** Whether the miner could ever have mined. */
    public boolean everOpened() {
        return everOpened;
    }

    /**
     * The counts at this moment.
     *
     * @param seconds since the start
     * @param hashes computed so far
     * @param hashRate hashes per second lately
     */
    public MinerReport report(double seconds, long hashes, double hashRate) {
        return new MinerReport(
                seconds,
                hashes,
                hashRate,
                submitted.sum(),
                accepted.sum(),
                shareSum.sum(),
                rejections.total(),
                rejections.counts(),
                discarded.sum(),
                jobs.sum(),
                blocks.sum(),
                difficulty,
                connected,
                connections.sum(),
                state);
    }
}
