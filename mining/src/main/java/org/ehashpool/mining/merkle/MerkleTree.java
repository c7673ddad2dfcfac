package org.ehashpool.mining.merkle;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.U256;

/** Bitcoin's merkle tree: pairs are hashed, an odd last one with itself. */
public final class MerkleTree {
    private MerkleTree() {}

    /**
     * The root over these ids.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static U256 root(List<U256> ids, DoubleSha256 hasher) {
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("a merkle tree has at least one leaf");
        }
        List<U256> row = ids;
        while (row.size() > 1) {
            List<U256> next = new ArrayList<>((row.size() + 1) / 2);
            for (int i = 0; i < row.size(); i += 2) {
                next.add(parent(row.get(i), row.get(Math.min(i + 1, row.size() - 1)), hasher));
            }
            row = next;
        }
        return row.getFirst();
    }

    /**
     * Whether some row pairs two equal hashes: then another list of ids has the same root (CVE-2012-2459), and a block
     * with such a tree is refused.
     */
    public static boolean isAmbiguous(List<U256> ids, DoubleSha256 hasher) {
        List<U256> row = ids;
        while (row.size() > 1) {
            List<U256> next = new ArrayList<>((row.size() + 1) / 2);
            for (int i = 0; i < row.size(); i += 2) {
                if (i + 1 < row.size() && row.get(i).equals(row.get(i + 1))) {
                    return true;
                }
                next.add(parent(row.get(i), row.get(Math.min(i + 1, row.size() - 1)), hasher));
            }
            row = next;
        }
        return false;
    }

    static U256 parent(U256 left, U256 right, DoubleSha256 hasher) {
        byte[] pair = new byte[2 * DoubleSha256.LENGTH];
        left.writeLittleEndian(pair, 0);
        right.writeLittleEndian(pair, DoubleSha256.LENGTH);
        return hasher.hash(pair);
    }
}
