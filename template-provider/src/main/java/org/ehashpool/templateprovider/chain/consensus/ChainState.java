package org.ehashpool.templateprovider.chain.consensus;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.jspecify.annotations.Nullable;

/**
 * All known blocks, the chain with the most work among them, and its coins. Not for several threads at once.
 *
 * <p>Bounds: a few hundred bytes per block and per unspent output, and for the last {@link
 * ChainParameters#MAX_REORGANISATION} blocks the coins they spent. Blocks themselves are in the store only.
 */
public final class ChainState {
    private static final long NOT_STORED = -1;

    private final ChainParameters parameters;
    private final BlockStore store;
    private final DoubleSha256 hasher;
    private final Map<U256, BlockEntry> index = new HashMap<>();
    private final List<BlockEntry> chain = new ArrayList<>();
    private final Map<U256, BlockUndo> undos = new HashMap<>();
    private final CoinSet coins = new CoinSet();

    /** With the first block only. */
    public ChainState(ChainParameters parameters, BlockStore store, DoubleSha256 hasher) {
        this.parameters = parameters;
        this.store = store;
        this.hasher = hasher;
        BlockEntry genesis =
                new BlockEntry(ChainParameters.GENESIS.hash(hasher), ChainParameters.GENESIS, null, 1, NOT_STORED);
        index.put(genesis.hash(), genesis);
        chain.add(genesis);
    }

    /** What the chain demands. */
    public ChainParameters parameters() {
        return parameters;
    }

    /** The last block of the chain. */
    public BlockEntry tip() {
        return chain.getLast();
    }

    /** A block, in the chain or on a branch. */
    public Optional<BlockEntry> find(U256 hash) {
        return Optional.ofNullable(index.get(hash));
    }

    /** The chain's block of this height. */
    public Optional<BlockEntry> at(int height) {
        return height < 0 || height >= chain.size() ? Optional.empty() : Optional.of(chain.get(height));
    }

    /** Whether a block is in the chain. */
    public boolean isInChain(BlockEntry entry) {
        return entry.height() < chain.size() && chain.get(entry.height()).equals(entry);
    }

    /** The coins at the tip. */
    public CoinSet coins() {
        return coins;
    }

    /** What a block of the chain spent; empty for one that is deeper than a reorganisation may go. */
    public Optional<BlockUndo> undo(U256 hash) {
        return Optional.ofNullable(undos.get(hash));
    }

    /**
     * Reads a known block.
     *
     * @throws IOException if the store cannot
     */
    public IdentifiedBlock read(BlockEntry entry) throws IOException {
        Bytes serialized = entry.location() == NOT_STORED
                ? Block.assemble(ChainParameters.GENESIS, ChainParameters.GENESIS_COINBASE, List.of())
                : store.read(entry.location());
        return IdentifiedBlock.parse(serialized, hasher);
    }

    /**
     * Checks a block and, where it obeys the rules, keeps it.
     *
     * @param now seconds since 1970
     * @throws IOException if the store fails; the chain is as before
     */
    public Acceptance accept(IdentifiedBlock block, long now) throws IOException {
        return accept(block, now, store::append);
    }

    /**
     * Takes in a block that the store has. Its time may lie ahead: it did not when the block was accepted.
     *
     * @throws IOException if the store fails
     */
    public Acceptance restore(IdentifiedBlock block, long location) throws IOException {
        return accept(block, Long.MAX_VALUE / 2, kept -> location);
    }

    /**
     * Checks a block without work and forgets it (BIP 23, "proposal").
     *
     * @return the rule it breaks; empty if none
     */
    public Optional<Acceptance.Refused> propose(IdentifiedBlock block, long now) {
        try {
            refuseKnown(block.hash());
            if (!block.header().previousHash().equals(tip().hash())) {
                throw new BrokenRuleException(Rule.NOT_BEST_PREVIOUS);
            }
            BlockRules.checkHeader(block.header(), tip(), parameters, now);
            BlockRules.checkAlone(block, false, hasher);
            BlockRules.checkBody(block, tip(), hasher);
            BlockRules.connect(block, tip(), new CoinOverlay(coins));
            return Optional.empty();
        } catch (BrokenRuleException broken) {
            return Optional.of(new Acceptance.Refused(broken.rule(), broken.text()));
        }
    }

    private interface Keeping {
        long keep(Bytes block) throws IOException;
    }

    private Acceptance accept(IdentifiedBlock block, long now, Keeping keeping) throws IOException {
        try {
            refuseKnown(block.hash());
            BlockRules.checkAlone(block, true, hasher);
            BlockEntry previous = index.get(block.header().previousHash());
            if (previous == null) {
                throw new BrokenRuleException(Rule.PREVIOUS_NOT_FOUND);
            }
            if (previous.isInvalid()) {
                throw new BrokenRuleException(Rule.PREVIOUS_INVALID);
            }
            BlockRules.checkHeader(block.header(), previous, parameters, now);
            BlockEntry fork = forkOf(previous);
            if (tip().height() - fork.height() > ChainParameters.MAX_REORGANISATION) {
                throw new BrokenRuleException(Rule.FORK_TOO_DEEP);
            }
            BlockRules.checkBody(block, previous, hasher);
            BigInteger work = previous.work().add(BlockEntry.workOf(block.header()));
            if (work.compareTo(tip().work()) > 0) {
                return switchTo(block, previous, fork, keeping);
            }
            return new Acceptance.Branch(enter(block, previous, keeping));
        } catch (BrokenRuleException broken) {
            return new Acceptance.Refused(broken.rule(), broken.text());
        }
    }

    private void refuseKnown(U256 hash) throws BrokenRuleException {
        BlockEntry known = index.get(hash);
        if (known != null) {
            throw new BrokenRuleException(known.isInvalid() ? Rule.DUPLICATE_INVALID : Rule.DUPLICATE);
        }
    }

    private BlockEntry forkOf(BlockEntry entry) {
        BlockEntry fork = entry;
        while (!isInChain(fork)) {
            fork = fork.ancestor(fork.height() - 1);
        }
        return fork;
    }

    private BlockEntry enter(IdentifiedBlock block, BlockEntry previous, Keeping keeping) throws IOException {
        BlockEntry entry = new BlockEntry(
                block.hash(), block.header(), previous, block.transactions().size(), keeping.keep(block.serialized()));
        index.put(entry.hash(), entry);
        return entry;
    }

    /** Everything is tried on an overlay first: a branch that breaks a rule, or a store that fails, changes nothing. */
    private Acceptance switchTo(IdentifiedBlock block, BlockEntry previous, BlockEntry fork, Keeping keeping)
            throws IOException, BrokenRuleException {
        CoinOverlay overlay = new CoinOverlay(coins);
        List<IdentifiedBlock> disconnected = new ArrayList<>();
        for (BlockEntry entry = tip(); entry.height() > fork.height(); entry = entry.ancestor(entry.height() - 1)) {
            IdentifiedBlock removed = read(entry);
            BlockUndo undo = undos.get(entry.hash());
            if (undo == null) {
                throw new IllegalStateException("no undo data at height " + entry.height());
            }
            undo.undo(removed, overlay);
            disconnected.add(removed);
        }
        List<BlockEntry> branch = branch(fork, previous);
        List<IdentifiedBlock> connected = new ArrayList<>();
        List<BlockUndo> made = new ArrayList<>();
        for (BlockEntry entry : branch) {
            IdentifiedBlock added = read(entry);
            made.add(reconnect(added, entry, branch, overlay));
            connected.add(added);
        }
        made.add(BlockRules.connect(block, previous, overlay));
        connected.add(block);
        BlockEntry tip = enter(block, previous, keeping);
        overlay.commit(coins);
        disconnected.forEach(removed -> {
            undos.remove(removed.hash());
            chain.removeLast();
        });
        branch.add(tip);
        for (int i = 0; i < branch.size(); i++) {
            extend(branch.get(i), made.get(i));
        }
        return new Acceptance.NewTip(tip, disconnected, connected);
    }

    private static List<BlockEntry> branch(BlockEntry fork, BlockEntry last) {
        List<BlockEntry> branch = new ArrayList<>();
        @Nullable BlockEntry entry = last;
        while (entry != null && !entry.equals(fork)) {
            branch.addFirst(entry);
            entry = entry.previous();
        }
        return branch;
    }

    private static BlockUndo reconnect(
            IdentifiedBlock block, BlockEntry entry, List<BlockEntry> branch, CoinOverlay overlay)
            throws BrokenRuleException {
        try {
            return BlockRules.connect(block, entry.ancestor(entry.height() - 1), overlay);
        } catch (BrokenRuleException broken) {
            branch.subList(branch.indexOf(entry), branch.size()).forEach(BlockEntry::markInvalid);
            throw new BrokenRuleException(Rule.PREVIOUS_INVALID);
        }
    }

    private void extend(BlockEntry entry, BlockUndo undo) {
        chain.add(entry);
        undos.put(entry.hash(), undo);
        at(entry.height() - ChainParameters.MAX_REORGANISATION).ifPresent(old -> undos.remove(old.hash()));
    }
}
