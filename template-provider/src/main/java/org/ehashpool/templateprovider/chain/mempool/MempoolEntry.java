package org.ehashpool.templateprovider.chain.mempool;

import java.util.LinkedHashSet;
import java.util.Set;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedTransaction;

/** A transaction that waits. Its parents and children are those in the mempool. */
public final class MempoolEntry {
    private static final int WITNESS_SCALE = 4;

    private final IdentifiedTransaction transaction;
    private final long fee;
    private final int signatureOperations;
    private final long time;
    private final int height;
    private final long sequence;
    private final Set<MempoolEntry> parents;
    private final Set<MempoolEntry> children = new LinkedHashSet<>();

    MempoolEntry(
            IdentifiedTransaction transaction,
            long fee,
            int signatureOperations,
            long time,
            int height,
            long sequence,
            Set<MempoolEntry> parents) {
        this.transaction = transaction;
        this.fee = fee;
        this.signatureOperations = signatureOperations;
        this.time = time;
        this.height = height;
        this.sequence = sequence;
        this.parents = new LinkedHashSet<>(parents);
    }

    /** The transaction. */
    public IdentifiedTransaction transaction() {
        return transaction;
    }

    /** In satoshis. */
    public long fee() {
        return fee;
    }

    /** In weight units. */
    public int weight() {
        return transaction.raw().weight();
    }

    /** In virtual bytes, rounded up. */
    public int virtualSize() {
        return (weight() + WITNESS_SCALE - 1) / WITNESS_SCALE;
    }

    /** The cost of its signature operations. */
    public int signatureOperations() {
        return signatureOperations;
    }

    /** When it came, in seconds since 1970. */
    public long time() {
        return time;
    }

    /** The chain's height when it came. */
    public int height() {
        return height;
    }

    /** Greater than its parents'. */
    long sequence() {
        return sequence;
    }

    /** What it spends from directly. */
    public Set<MempoolEntry> parents() {
        return Set.copyOf(parents);
    }

    /** What spends from it directly. */
    public Set<MempoolEntry> children() {
        return Set.copyOf(children);
    }

    /** Itself and all that it depends on. */
    public Set<MempoolEntry> ancestors() {
        Set<MempoolEntry> found = new LinkedHashSet<>();
        collect(this, true, found);
        return found;
    }

    /** Itself and all that depends on it. */
    public Set<MempoolEntry> descendants() {
        Set<MempoolEntry> found = new LinkedHashSet<>();
        collect(this, false, found);
        return found;
    }

    /** The depth is bounded by the mempool's limits on chains. */
    private static void collect(MempoolEntry entry, boolean upwards, Set<MempoolEntry> found) {
        if (found.add(entry)) {
            (upwards ? entry.parents : entry.children).forEach(next -> collect(next, upwards, found));
        }
    }

    void link() {
        parents.forEach(parent -> parent.children.add(this));
    }

    void unlink() {
        parents.forEach(parent -> parent.children.remove(this));
        children.forEach(child -> child.parents.remove(this));
    }
}
