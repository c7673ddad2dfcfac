package org.ehashpool.mining.merkle;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;

/**
 * What a coinbase transaction is hashed with to get the merkle root: "Merkle path hashes ordered from deepest".
 * Immutable.
 */
public final class MerklePath {
    /** Of a block with nothing but its coinbase transaction. */
    public static final MerklePath EMPTY = new MerklePath(new byte[0]);

    /** The most steps on the wire (SEQ0_255). */
    public static final int MAX_STEPS = 255;

    private static final int LENGTH = DoubleSha256.LENGTH;

    private final byte[] steps;

    private MerklePath(byte[] steps) {
        this.steps = steps;
    }

    /**
     * A path of these steps, deepest first.
     *
     * @throws IllegalArgumentException if there are more than {@link #MAX_STEPS}
     */
    public static MerklePath of(List<U256> steps) {
        if (steps.size() > MAX_STEPS) {
            throw new IllegalArgumentException(steps.size() + " steps, more than " + MAX_STEPS);
        }
        if (steps.isEmpty()) {
            return EMPTY;
        }
        byte[] bytes = new byte[LENGTH * steps.size()];
        int position = 0;
        for (U256 step : steps) {
            position = step.writeLittleEndian(bytes, position);
        }
        return new MerklePath(bytes);
    }

    /** The path of a block whose coinbase transaction is followed by transactions of these ids. */
    public static MerklePath ofTransactions(List<U256> ids, DoubleSha256 hasher) {
        List<U256> path = new ArrayList<>();
        // The first place of every row belongs to the coinbase transaction, which is not known yet.
        List<U256> row = ids;
        while (!row.isEmpty()) {
            path.add(row.getFirst());
            List<U256> next = new ArrayList<>(row.size() / 2);
            for (int i = 1; i < row.size(); i += 2) {
                U256 left = row.get(i);
                next.add(MerkleTree.parent(left, i + 1 < row.size() ? row.get(i + 1) : left, hasher));
            }
            row = next;
        }
        return of(path);
    }

    /** The number of steps. */
    public int size() {
        return steps.length / LENGTH;
    }

    /** The steps, deepest first. */
    public List<U256> steps() {
        List<U256> list = new ArrayList<>(size());
        for (int i = 0; i < steps.length; i += LENGTH) {
            list.add(U256.fromLittleEndian(steps, i));
        }
        return List.copyOf(list);
    }

    /**
     * Replaces a coinbase transaction's id by the merkle root, without garbage.
     *
     * @param pair 64 bytes: the id in the first 32, raw; the other 32 are scratch space
     */
    public void fold(DoubleSha256 hasher, byte[] pair) {
        for (int i = 0; i < steps.length; i += LENGTH) {
            System.arraycopy(steps, i, pair, LENGTH, LENGTH);
            hasher.hash(pair, 0, 2 * LENGTH, pair, 0);
        }
    }

    /** The merkle root over a coinbase transaction of this id. */
    public U256 root(U256 coinbaseId, DoubleSha256 hasher) {
        byte[] pair = new byte[2 * LENGTH];
        coinbaseId.writeLittleEndian(pair, 0);
        fold(hasher, pair);
        return U256.fromLittleEndian(pair, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MerklePath that && Bytes.of(steps).equals(Bytes.of(that.steps));
    }

    @Override
    public int hashCode() {
        return Bytes.of(steps).hashCode();
    }

    @Override
    public String toString() {
        return size() + " steps";
    }
}
