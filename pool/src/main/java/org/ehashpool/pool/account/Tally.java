package org.ehashpool.pool.account;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.share.ShareError;
import org.ehashpool.mining.vardiff.WorkWindow;
import org.jspecify.annotations.Nullable;

/** Shares of a channel, or of all channels of an event loop. For one thread. */
public final class Tally {
    private final WorkWindow window;
    private long accepted;
    private BigInteger work = BigInteger.ZERO;
    private long blocks;
    private long lastAcceptedAt;
    private @Nullable Map<ShareError, Long> rejected;

    /**
     * None yet.
     *
     * @param now milliseconds since 1970
     */
    public Tally(long now) {
        window = new WorkWindow(now);
    }

    /**
     * What was counted.
     *
     * @param accepted shares recorded
     * @param rejected shares refused, by the code that the client was told, those of none left out
     * @param work exact number of expected hashes of the shares recorded
     * @param hashRate hashes per second by the shares of the last five minutes
     * @param blocks found
     * @param lastAcceptedAt milliseconds since 1970, 0 before the first
     */
    public record Figures(
            long accepted,
            Map<String, Long> rejected,
            BigInteger work,
            double hashRate,
            long blocks,
            long lastAcceptedAt) {
        /** Nothing. */
        public static final Figures NONE = new Figures(0, Map.of(), BigInteger.ZERO, 0, 0, 0);

        /** Both together. */
        public Figures plus(Figures other) {
            Map<String, Long> reasons = new TreeMap<>(rejected);
            other.rejected.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
            return new Figures(
                    accepted + other.accepted,
                    reasons,
                    work.add(other.work),
                    hashRate + other.hashRate,
                    blocks + other.blocks,
                    Math.max(lastAcceptedAt, other.lastAcceptedAt));
        }

        /** Shares refused for whatever reason. */
        public long rejectedInAll() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** So many shares of this target were recorded. */
    public void accepted(Target target, int count, long now) {
        accepted += count;
        work = work.add(count == 1 ? target.work() : target.work().multiply(BigInteger.valueOf(count)));
        window.add(target.expectedHashes() * count, now);
        lastAcceptedAt = now;
    }

    /** Shares were refused. */
    public void rejected(ShareError error, int count) {
        Map<ShareError, Long> counts = rejected;
        if (counts == null) {
            counts = new EnumMap<>(ShareError.class);
            rejected = counts;
        }
        counts.merge(error, (long) count, Long::sum);
    }

    /** A block was found. */
    public void block() {
        blocks++;
    }

    /** As it is now, in milliseconds since 1970. */
    public Figures figures(long now) {
        Map<String, Long> reasons = new TreeMap<>();
        Map<ShareError, Long> counts = rejected;
        if (counts != null) {
            counts.forEach((error, count) -> reasons.put(error.code().toString(), count));
        }
        return new Figures(accepted, reasons, work, window.hashRate(now), blocks, lastAcceptedAt);
    }
}
