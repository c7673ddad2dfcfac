package org.ehashpool.pool.block;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.ehashpool.sv2.type.U256;

/**
 * What becomes of found blocks, told by the tips of the chain. Pure; bounded to the latest blocks and tips. Not for use by
 * several threads at once.
 *
 * <p>Tips are all that a template provider shows. A reorganisation that ends higher than it began does not show what it
 * replaced below, so a confirmed block was at one time the tip and not seen to be replaced: a proof is only the node's own
 * word. A height that was skipped, as while no provider was connected, leaves a block {@link BlockState#UNKNOWN}.
 */
final class BlockFates {
    private static final int MAX_TIPS = 4_096;

    private final int confirmations;
    private final int capacity;
    private final SequencedMap<U256, BlockRecord> blocks = new LinkedHashMap<>();
    private final NavigableMap<Integer, U256> tips = new TreeMap<>();

    /**
     * Without blocks.
     *
     * @param confirmations further blocks that make a fate final
     * @param capacity blocks to be kept
     */
    BlockFates(int confirmations, int capacity) {
        this.confirmations = confirmations;
        this.capacity = capacity;
    }

    /** Adds a block, the newest last; false: it is known. */
    boolean add(BlockRecord block) {
        if (blocks.putIfAbsent(block.hash(), block) != null) {
            return false;
        }
        if (blocks.size() > capacity) {
            blocks.pollFirstEntry();
        }
        return true;
    }

    /** Replaces a block that is still kept. */
    void update(BlockRecord block) {
        blocks.computeIfPresent(block.hash(), (hash, before) -> block);
    }

    Optional<BlockRecord> find(U256 hash) {
        return Optional.ofNullable(blocks.get(hash));
    }

    /** All that are kept, the newest last. */
    List<BlockRecord> all() {
        return List.copyOf(blocks.values());
    }

    /**
     * The chain ends with this block.
     *
     * @return the blocks whose state changed, as they are now
     */
    List<BlockRecord> onTip(U256 hash, int height, Instant at) {
        // What was seen above belongs to a chain that was left.
        tips.tailMap(height, true).clear();
        tips.put(height, hash);
        if (tips.size() > MAX_TIPS) {
            tips.pollFirstEntry();
        }
        List<BlockRecord> changed = new ArrayList<>();
        for (BlockRecord block : List.copyOf(blocks.values())) {
            BlockState state = stateOf(block, height);
            if (state != block.state()) {
                BlockRecord now = block.withState(state, at);
                blocks.put(now.hash(), now);
                changed.add(now);
            }
        }
        return changed;
    }

    private BlockState stateOf(BlockRecord block, int chainHeight) {
        if (block.state().isFinal() || block.height() < 0) {
            return block.state();
        }
        if (chainHeight < block.height()) {
            // The chain stepped back below it.
            return block.state() == BlockState.ACCEPTED ? BlockState.SUBMITTED : block.state();
        }
        U256 seen = tips.get(block.height());
        boolean deep = chainHeight - block.height() >= confirmations;
        if (seen == null) {
            if (!deep) {
                return block.state();
            }
            // Accepted in an earlier life of this process, when its height was seen.
            return block.state() == BlockState.ACCEPTED ? BlockState.CONFIRMED : BlockState.UNKNOWN;
        }
        if (seen.equals(block.hash())) {
            return deep ? BlockState.CONFIRMED : BlockState.ACCEPTED;
        }
        if (deep) {
            return BlockState.ORPHANED;
        }
        return block.state() == BlockState.ACCEPTED ? BlockState.SUBMITTED : block.state();
    }
}
