package org.ehashpool.statistics.fold;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Of what there are samples: the whole, a downstream or a miner, with what is not yet written of it. */
public final class Subject {
    /** The subject that all shares count to. */
    public static final long WHOLE = 0;

    static final long MINUTE = 60_000;

    private final long firstSeenAt;
    private final Tally total = new Tally();
    private final Map<Long, Minute> minutes = new TreeMap<>();
    private long id;
    private boolean stored;
    private long lastActiveAt;
    private long sessions;

    private Subject(long id, boolean stored, long seenAt) {
        this.id = id;
        this.stored = stored;
        this.firstSeenAt = seenAt;
        this.lastActiveAt = seenAt;
    }

    /** One that the tables hold. */
    public static Subject stored(long id) {
        return new Subject(id, true, Long.MIN_VALUE);
    }

    static Subject fresh(long seenAt) {
        return new Subject(0, false, seenAt);
    }

    /** What is told of one minute. */
    public static final class Minute {
        private final Tally tally = new Tally();
        private @Nullable Double reported;

        public Tally tally() {
            return tally;
        }

        /** Hashes per second, measured by the service. */
        public @Nullable Double reported() {
            return reported;
        }
    }

    void accept(long count, BigInteger work, long at) {
        total.accept(count, work, at);
        minute(at).tally.accept(count, work, at);
        active(at);
    }

    void reject(long count, long at) {
        total.reject(count, at);
        minute(at).tally.reject(count, at);
        active(at);
    }

    void report(double hashesPerSecond, long at) {
        minute(at).reported = hashesPerSecond;
        active(at);
    }

    void active(long at) {
        lastActiveAt = Math.max(lastActiveAt, at);
    }

    void connected() {
        sessions++;
    }

    private Minute minute(long at) {
        return minutes.computeIfAbsent(at - Math.floorMod(at, MINUTE), bucket -> new Minute());
    }

    /** What is counted is written. */
    void written() {
        total.clear();
        minutes.clear();
        sessions = 0;
    }

    /** It is in the tables from now on. */
    public void storedAs(long number) {
        id = number;
        stored = true;
    }

    public boolean isStored() {
        return stored;
    }

    public long id() {
        return id;
    }

    /** Epoch milliseconds, like all times here. */
    public long firstSeenAt() {
        return firstSeenAt;
    }

    /** {@code Long.MIN_VALUE} if nothing was told of it. */
    public long lastActiveAt() {
        return lastActiveAt;
    }

    /** Sessions that began. */
    public long sessions() {
        return sessions;
    }

    public Tally total() {
        return total;
    }

    /** By the beginning of each minute. */
    public Map<Long, Minute> minutes() {
        return minutes;
    }
}
