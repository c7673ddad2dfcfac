package org.ehashpool.statistics.fold;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Shares that are counted and not yet written. */
public final class Tally {
    private long accepted;
    private long rejected;
    private BigInteger work = BigInteger.ZERO;
    private @Nullable Long lastShareAt;

    void accept(long count, BigInteger more, long at) {
        accepted += count;
        work = work.add(more);
        share(at);
    }

    void reject(long count, long at) {
        rejected += count;
        share(at);
    }

    private void share(long at) {
        lastShareAt = lastShareAt == null ? at : Math.max(lastShareAt, at);
    }

    void clear() {
        accepted = 0;
        rejected = 0;
        work = BigInteger.ZERO;
        lastShareAt = null;
    }

    public long accepted() {
        return accepted;
    }

    public long rejected() {
        return rejected;
    }

    /** In hashes. */
    public BigInteger work() {
        return work;
    }

    /** Epoch milliseconds. */
    public @Nullable Long lastShareAt() {
        return lastShareAt;
    }
}
