package org.ehashpool.translator.upstream;

import java.util.concurrent.TimeUnit;
import org.ehashpool.mining.difficulty.Target;

/** What upstream was told of a channel's hash rate, and whether there is news. */
final class RateReport {
    /** A rate that differs by less is no news. */
    private static final double WORTH_TELLING = 1.25;
    /** The easiest target wanted is told at most so often. */
    private static final long TARGET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    private double rate;
    private Target easiest;
    private long at;

    /**
     * What was told when the channel was asked for.
     *
     * @param rate hashes per second
     * @param easiest the easiest target that the miner wants
     * @param at monotonic nanoseconds
     * @param interval between two reports of a rate, nanoseconds
     */
    RateReport(double rate, Target easiest, long at, long interval) {
        this.rate = rate;
        this.easiest = easiest;
        this.at = at;
        this.interval = interval;
    }

    /**
     * Whether this is to be told now; if so, it counts as told.
     *
     * @param present hashes per second
     * @param wanted the easiest target that the miner wants
     */
    boolean isNews(double present, Target wanted, long now) {
        boolean otherRate = now - at >= interval && (present > rate * WORTH_TELLING || present * WORTH_TELLING < rate);
        boolean otherTarget = now - at >= TARGET_NANOS && !wanted.equals(easiest);
        if (!otherRate && !otherTarget) {
            return false;
        }
        rate = present;
        easiest = wanted;
        at = now;
        return true;
    }
}
