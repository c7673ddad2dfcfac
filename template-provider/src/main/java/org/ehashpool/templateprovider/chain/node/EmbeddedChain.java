package org.ehashpool.templateprovider.chain.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.chain.consensus.Acceptance;
import org.ehashpool.templateprovider.chain.consensus.AllocationBlocks;
import org.ehashpool.templateprovider.chain.consensus.BlockEntry;
import org.ehashpool.templateprovider.chain.consensus.ChainParameters;
import org.ehashpool.templateprovider.chain.consensus.ChainState;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedBlock;
import org.ehashpool.templateprovider.chain.consensus.IdentifiedTransaction;
import org.ehashpool.templateprovider.chain.consensus.TransactionWriter;
import org.ehashpool.templateprovider.chain.mempool.Admission;
import org.ehashpool.templateprovider.chain.mempool.BlockSelection;
import org.ehashpool.templateprovider.chain.mempool.Mempool;
import org.ehashpool.templateprovider.chain.mempool.MempoolEntry;
import org.ehashpool.templateprovider.chain.mempool.TransactionGenerator;
import org.ehashpool.templateprovider.chain.store.BlockFiles;
import org.ehashpool.templateprovider.chain.store.ChainStoreException;
import org.jspecify.annotations.Nullable;

/** A bitcoin node without a network. For one thread, {@link #status()} apart. */
public final class EmbeddedChain implements AutoCloseable {
    private static final long FILE_SIZE = 128L << 20;
    /** As Bitcoin Core's defaults: room for a header, the count and a coinbase. */
    private static final int RESERVED_WEIGHT = 8_000;

    private static final int RESERVED_SIGNATURE_OPERATIONS = 400;

    private final BlockFiles files;
    private final ChainState state;
    private final Mempool mempool;
    private final TransactionGenerator generator;
    private final InstantSource clock;
    private final DoubleSha256 hasher;
    private final List<Consumer<ChainStatus>> listeners = new ArrayList<>();
    private @Nullable BlockTemplate template;
    private volatile ChainStatus status;

    private EmbeddedChain(
            BlockFiles files,
            ChainState state,
            Mempool mempool,
            InstantSource clock,
            RandomGenerator random,
            DoubleSha256 hasher) {
        this.files = files;
        this.state = state;
        this.mempool = mempool;
        this.clock = clock;
        this.hasher = hasher;
        this.generator = new TransactionGenerator(state, mempool, random, hasher);
        this.status = observe();
    }

    /**
     * Opens the chain of a directory and reads all its blocks; makes it, with its allocation, where there is none. Takes
     * seconds for a long chain.
     *
     * @throws IOException if the directory cannot be used; the message says why
     */
    public static EmbeddedChain open(
            Path directory,
            ChainParameters parameters,
            Mempool.Limits limits,
            InstantSource clock,
            RandomGenerator random)
            throws IOException {
        long start = clock.millis();
        BlockFiles files = BlockFiles.open(directory, parameters.bits(), FILE_SIZE);
        boolean opened = false;
        try {
            DoubleSha256 hasher = new DoubleSha256();
            ChainState state = new ChainState(parameters, files, hasher);
            int blocks = replay(directory, files, state, hasher);
            Mempool mempool = new Mempool(state, limits);
            EmbeddedChain chain = new EmbeddedChain(files, state, mempool, clock, random, hasher);
            ChainEvents.opened(
                    directory,
                    parameters.bits(),
                    state.tip().height(),
                    state.tip().hash(),
                    blocks,
                    Duration.ofMillis(clock.millis() - start));
            opened = true;
            return chain;
        } finally {
            if (!opened) {
                files.close();
            }
        }
    }

    private static int replay(Path directory, BlockFiles files, ChainState state, DoubleSha256 hasher)
            throws IOException {
        int[] blocks = {0};
        long cut = files.replay((location, bytes) -> {
            IdentifiedBlock block = IdentifiedBlock.parse(bytes, hasher);
            if (state.restore(block, location) instanceof Acceptance.Refused refused) {
                throw new ChainStoreException(
                        "the chain in " + directory + " holds block " + block.hash() + ", which breaks a rule ("
                                + refused.text() + "): move the directory away to begin a new chain");
            }
            blocks[0]++;
        });
        if (cut > 0) {
            ChainEvents.tailCut(directory, cut);
        }
        while (state.tip().height() < ChainParameters.ALLOCATION_HEIGHT) {
            IdentifiedBlock next = IdentifiedBlock.parse(AllocationBlocks.after(state.tip(), hasher), hasher);
            if (!(state.accept(next, next.header().time()) instanceof Acceptance.NewTip)) {
                throw new IllegalStateException("allocation block refused");
            }
        }
        return blocks[0];
    }

    /** Is told of every change, on the thread that makes it. */
    public void onChange(Consumer<ChainStatus> listener) {
        listeners.add(listener);
    }

    /**
     * Checks a block and, where it obeys the rules, keeps it.
     *
     * @throws MalformedDataException if the bytes are no block
     * @throws IOException if it cannot be kept
     */
    public Acceptance submit(Bytes serialized) throws IOException {
        IdentifiedBlock block = withReservedValue(IdentifiedBlock.parse(serialized, hasher));
        Acceptance acceptance;
        try {
            acceptance = state.accept(block, now());
        } catch (IOException e) {
            ChainEvents.storeFailed(block.hash(), e);
            throw e;
        }
        switch (acceptance) {
            case Acceptance.NewTip change -> {
                mempool.follow(change, now());
                ChainEvents.newTip(change, mempool.size());
                changed();
            }
            case Acceptance.Branch branch ->
                ChainEvents.branch(block.hash(), branch.entry().height());
            case Acceptance.Refused refused -> ChainEvents.refused(block.hash(), refused.text());
        }
        return acceptance;
    }

    /**
     * Checks a block without work and forgets it.
     *
     * @return the rule it breaks; empty if none
     * @throws MalformedDataException if the bytes are no block
     */
    public Optional<Acceptance.Refused> propose(Bytes serialized) {
        return state.propose(withReservedValue(IdentifiedBlock.parse(serialized, hasher)), now());
    }

    /** As Bitcoin Core does: a coinbase that commits to witnesses but came without its own gets the value zero. */
    private IdentifiedBlock withReservedValue(IdentifiedBlock block) {
        if (block.transactions().isEmpty()) {
            return block;
        }
        RawTransaction coinbase = block.transactions().getFirst().raw();
        boolean lacksValue = coinbase.isCoinbase()
                && !coinbase.hasWitness()
                && coinbase.outputs().stream().anyMatch(output -> Block.isWitnessCommitment(output.script()));
        if (!lacksValue) {
            return block;
        }
        Bytes completed = TransactionWriter.withWitnesses(coinbase, List.of(List.of(U256.ZERO.toLittleEndian())));
        List<Bytes> others = block.transactions().stream()
                .skip(1)
                .map(transaction -> transaction.raw().serialized())
                .toList();
        return IdentifiedBlock.parse(Block.assemble(block.header(), completed, others), hasher);
    }

    /** Takes a transaction into the mempool, if it may. */
    public Admission add(IdentifiedTransaction transaction) {
        Admission admission = mempool.add(transaction, now());
        if (admission instanceof Admission.Admitted) {
            changed();
        }
        return admission;
    }

    /**
     * Makes transactions and takes them into the mempool, as many as there are coins and room for.
     *
     * @param wanted at most so many
     * @return how many there are more now
     */
    public int generate(int wanted) {
        int made = 0;
        boolean more = true;
        while (more && made < wanted && mempool.size() < mempool.limits().transactions()) {
            more = generateOne();
            made += more ? 1 : 0;
        }
        if (made > 0) {
            changed();
        }
        return made;
    }

    private boolean generateOne() {
        Optional<IdentifiedTransaction> next = generator.next();
        if (next.isEmpty()) {
            return false;
        }
        return switch (mempool.add(next.get(), now())) {
            case Admission.Admitted admitted -> true;
            // A chain that would be too long, or a pool that is full: expected now and then.
            case Admission.Unwanted unwanted -> false;
            case Admission.Invalid invalid -> {
                ChainEvents.generatedRefused(next.get().id(), invalid.text());
                yield false;
            }
        };
    }

    /** A template for the next block, with the transactions that pay the most. */
    public BlockTemplate template() {
        BlockTemplate known = template;
        if (known == null || !known.status().equals(status)) {
            known = build();
            template = known;
        }
        return known.at(now());
    }

    private BlockTemplate build() {
        BlockEntry tip = state.tip();
        List<MempoolEntry> chosen = BlockSelection.choose(
                mempool.entries(),
                ChainParameters.MAX_WEIGHT - RESERVED_WEIGHT,
                ChainParameters.MAX_SIGNATURE_OPERATIONS - RESERVED_SIGNATURE_OPERATIONS);
        List<U256> witnessIds =
                chosen.stream().map(entry -> entry.transaction().witnessId()).toList();
        U256 commitment = Block.witnessCommitment(witnessIds, U256.ZERO, hasher);
        long fees = chosen.stream().mapToLong(MempoolEntry::fee).sum();
        long minTime = tip.medianTimePast() + 1;
        return new BlockTemplate(
                tip,
                state.parameters().bitsAt(tip.height() + 1),
                minTime,
                minTime,
                chosen,
                ChainParameters.subsidyAt(tip.height() + 1) + fees,
                Bytes.concat(Block.WITNESS_COMMITMENT_HEADER, commitment.toLittleEndian()),
                status);
    }

    /** The blocks; read only. */
    public ChainState state() {
        return state;
    }

    /** What waits; read only. */
    public Mempool mempool() {
        return mempool;
    }

    /** For reading what callers give. */
    public DoubleSha256 hasher() {
        return hasher;
    }

    /** Seconds since 1970. */
    public long now() {
        return clock.millis() / 1_000;
    }

    /** The chain now; for any thread. */
    public ChainStatus status() {
        return status;
    }

    private void changed() {
        status = observe();
        listeners.forEach(listener -> listener.accept(status));
    }

    private ChainStatus observe() {
        return new ChainStatus(
                state.tip().hash(),
                state.tip().height(),
                state.coins().size(),
                mempool.size(),
                mempool.bytes(),
                mempool.updates());
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
