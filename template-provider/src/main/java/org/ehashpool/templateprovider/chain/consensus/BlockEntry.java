package org.ehashpool.templateprovider.chain.consensus;

import java.math.BigInteger;
import java.util.Arrays;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.header.BlockHeader;
import org.ehashpool.sv2.type.U256;
import org.jspecify.annotations.Nullable;

/** A block in the index: what is known of it without reading it. */
public final class BlockEntry {
    private static final int MEDIAN_SPAN = 11;

    private final U256 hash;
    private final BlockHeader header;
    private final @Nullable BlockEntry previous;
    private final int height;
    private final BigInteger work;
    private final int transactionCount;
    private final long location;
    private boolean invalid;

    BlockEntry(U256 hash, BlockHeader header, @Nullable BlockEntry previous, int transactionCount, long location) {
        this.hash = hash;
        this.header = header;
        this.previous = previous;
        this.height = previous == null ? 0 : previous.height + 1;
        this.work = (previous == null ? BigInteger.ZERO : previous.work).add(workOf(header));
        this.transactionCount = transactionCount;
        this.location = location;
    }

    static BigInteger workOf(BlockHeader header) {
        return Target.ofCompactBits(header.bits()).map(Target::work).orElse(BigInteger.ZERO);
    }

    /** Its hash. */
    public U256 hash() {
        return hash;
    }

    /** Its header. */
    public BlockHeader header() {
        return header;
    }

    /** The block before; null for the first. */
    public @Nullable BlockEntry previous() {
        return previous;
    }

    /** From 0. */
    public int height() {
        return height;
    }

    /** The expected hashes of this and all blocks before. */
    public BigInteger work() {
        return work;
    }

    /** With the coinbase. */
    public int transactionCount() {
        return transactionCount;
    }

    /** For the store. */
    long location() {
        return location;
    }

    /** Whether it was found to break a rule when its branch was tried. */
    public boolean isInvalid() {
        return invalid;
    }

    void markInvalid() {
        invalid = true;
    }

    /** The median time of this and the ten blocks before (BIP 113), in seconds since 1970. */
    public long medianTimePast() {
        long[] times = new long[MEDIAN_SPAN];
        int count = 0;
        for (BlockEntry entry = this; entry != null && count < MEDIAN_SPAN; entry = entry.previous) {
            times[count++] = entry.header.time();
        }
        Arrays.sort(times, 0, count);
        return times[count / 2];
    }

    /**
     * The block of a height in this branch.
     *
     * @throws IllegalArgumentException if the height is above this one or negative
     */
    public BlockEntry ancestor(int ancestorHeight) {
        BlockEntry entry = this;
        while (entry != null && entry.height > ancestorHeight) {
            entry = entry.previous;
        }
        if (entry == null || entry.height != ancestorHeight) {
            throw new IllegalArgumentException("no ancestor at height " + ancestorHeight);
        }
        return entry;
    }
}
