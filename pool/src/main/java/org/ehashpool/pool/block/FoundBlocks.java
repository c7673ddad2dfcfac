package org.ehashpool.pool.block;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.service.Component;
import org.ehashpool.kit.stats.StatsSink;
import org.ehashpool.mining.coinbase.BlockHeight;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.mining.header.Block;
import org.ehashpool.mining.job.ChainTip;
import org.ehashpool.mining.job.JobOrigin;
import org.ehashpool.mining.server.ServerEffect.BlockFound;
import org.ehashpool.mining.transaction.MalformedDataException;
import org.ehashpool.mining.transaction.RawTransaction;
import org.ehashpool.mining.transaction.TransactionOutput;
import org.ehashpool.pool.template.Solutions;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;

/**
 * Blocks that miners found: submitted first of all, on the thread that found them; then recorded on disk, put together as a
 * whole where the transactions are known, and followed until their fate is sealed. Bounded in all: what is too much is
 * still submitted.
 */
public final class FoundBlocks implements Component, BlockSink {
    /** Blocks that are kept in memory. */
    static final int KEPT = 1_000;

    private static final int MAX_PENDING = 1_024;
    private static final int MAX_WAITING = 64;
    private static final int DROPS_PER_LINE = 1_000;
    private static final long DRAIN_MILLIS = 5_000;

    private final Solutions solutions;
    private final Vertx vertx;
    private final InstantSource clock;
    private final BlockEvents events = new BlockEvents();
    private final BlockStats stats;
    private final BlockFates fates;
    private final BlockFiles files;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final ArrayDeque<BlockFound> waiting = new ArrayDeque<>();
    private final Counter found;
    private final Counter unrecorded;
    private final Promise<Void> drained = Promise.promise();
    private boolean stopping;
    private volatile List<BlockRecord> present = List.of();
    private volatile Optional<ContextInternal> context = Optional.empty();

    /** What goes on is on its own event loop; {@code directory} is where records are. */
    public FoundBlocks(
            BlocksConfig config,
            Path directory,
            Solutions solutions,
            Vertx vertx,
            InstantSource clock,
            ServiceMetrics metrics,
            StatsSink stats) {
        this.stats = new BlockStats(stats, config.confirmations());
        this.solutions = solutions;
        this.vertx = vertx;
        this.clock = clock;
        fates = new BlockFates(config.confirmations(), KEPT);
        files = new BlockFiles(config.directory().orElse(directory), events);
        found = metrics.counter("blocks.found", "Blocks that miners found");
        unrecorded =
                metrics.counter("blocks.unrecorded", "Blocks that were submitted and not recorded, for want of time");
        for (BlockState state : BlockState.values()) {
            metrics.gauge(
                    "blocks",
                    "Blocks by state, of the latest " + KEPT,
                    () -> present.stream()
                            .filter(block -> block.state() == state)
                            .count(),
                    "state",
                    state.label());
        }
    }

    @Override
    public String name() {
        return "found_blocks";
    }

    /** Reads what is on disk. To be started before the template providers are. */
    @Override
    public Future<Void> start() {
        ContextInternal own = ((VertxInternal) vertx).createEventLoopContext();
        solutions.observe(new Tips(own));
        return own.<List<BlockRecord>>executeBlocking(() -> files.load(KEPT)).map(loaded -> {
            loaded.forEach(fates::add);
            loaded.stream()
                    .filter(block -> block.state() == BlockState.WAITING && block.whole())
                    .forEach(block -> events.notSubmitted(block, files.whole(block.hash())));
            present = fates.all();
            context = Optional.of(own);
            return null;
        });
    }

    /** Succeeds when what was begun is on disk, or after a while. To be stopped after the template providers. */
    @Override
    public Future<Void> stop() {
        Optional<ContextInternal> begun = context;
        if (begun.isEmpty()) {
            return Future.succeededFuture();
        }
        begun.get().runOnContext(later -> {
            stopping = true;
            vertx.setTimer(DRAIN_MILLIS, late -> drained.tryComplete());
            completeIfIdle();
        });
        // Records of changed states are written behind those of new blocks.
        return drained.future()
                .compose(done -> own().executeBlocking(() -> true, true))
                .mapEmpty();
    }

    private void completeIfIdle() {
        if (stopping && pending.get() == 0) {
            drained.tryComplete();
        }
    }

    @Override
    public void found(BlockFound block, long connectionId, Text userIdentity) {
        List<String> sent = solutions.submit(block);
        Instant at = clock.instant();
        found.increment();
        Optional<ContextInternal> own = context;
        if (own.isEmpty() || pending.incrementAndGet() > MAX_PENDING) {
            own.ifPresent(full -> pending.decrementAndGet());
            unrecorded.increment();
            long count = dropped.incrementAndGet();
            if (count % DROPS_PER_LINE == 1) {
                events.unrecorded(count);
            }
            return;
        }
        own.get()
                .runOnContext(later -> Future.succeededFuture()
                        .compose(begin -> record(block, connectionId, userIdentity, sent, at))
                        .onFailure(events::bug)
                        .onComplete(done -> {
                            pending.decrementAndGet();
                            completeIfIdle();
                        }));
    }

    /** The blocks that are kept, the newest last. From any thread. */
    List<BlockRecord> blocks() {
        return present;
    }

    // --- on the event loop -----------------------------------------------------------------------------------

    private Future<Void> record(BlockFound block, long connectionId, Text userIdentity, List<String> sent, Instant at) {
        BlockRecord made = describe(block, connectionId, userIdentity, sent, at);
        if (!fates.add(made)) {
            return Future.succeededFuture();
        }
        present = fates.all();
        events.found(made);
        stats.found(made);
        if (made.state() == BlockState.WAITING) {
            if (waiting.size() == MAX_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(block);
        }
        Future<Void> written = write(made);
        // A provider may have come while this was on its way here.
        resubmit();
        return block.origin() instanceof JobOrigin.Template origin
                ? written.compose(done -> solutions.transactions(origin.templateId()))
                        .compose(transactions -> assemble(block, made, transactions))
                : written;
    }

    private static BlockRecord describe(
            BlockFound block, long connectionId, Text userIdentity, List<String> sent, Instant at) {
        RawTransaction coinbase = RawTransaction.parse(block.coinbase());
        boolean ours = block.origin() instanceof JobOrigin.Template;
        return new BlockRecord(
                block.hash(),
                BlockHeight.read(coinbase.inputs().getFirst().script()).orElse(-1),
                block.header().previousHash(),
                at,
                userIdentity.printable(),
                connectionId,
                block.channelId(),
                sent,
                coinbase.outputs().stream().mapToLong(TransactionOutput::value).sum(),
                false,
                ours && sent.isEmpty() ? BlockState.WAITING : BlockState.SUBMITTED,
                at);
    }

    private Future<Void> assemble(BlockFound block, BlockRecord made, Optional<List<Bytes>> transactions) {
        if (transactions.isEmpty()) {
            events.notReconstructed(made, "nobody gave its transactions");
            return Future.succeededFuture();
        }
        Callable<Optional<Block.Fault>> work = () -> {
            Bytes whole = Block.assemble(block.header(), block.coinbase(), transactions.get());
            Optional<Block.Fault> fault = Block.parse(whole).check(new DoubleSha256());
            if (fault.isEmpty()) {
                files.write(block.hash(), whole);
                events.wholeBlockKept(
                        made,
                        files.whole(block.hash()),
                        whole.length(),
                        1 + transactions.get().size());
            }
            return fault;
        };
        return own().executeBlocking(work, true)
                .compose(fault -> assembled(block, made, Objects.requireNonNull(fault)))
                .recover(failed -> {
                    if (failed instanceof MalformedDataException) {
                        events.notReconstructed(made, "the transactions given are none: " + failed.getMessage());
                    } else {
                        events.writeFailed(made, failed);
                    }
                    return Future.succeededFuture();
                });
    }

    private Future<Void> assembled(BlockFound block, BlockRecord made, Optional<Block.Fault> fault) {
        if (fault.isPresent()) {
            events.notReconstructed(made, "the transactions given do not make it: " + fault.get());
            return Future.succeededFuture();
        }
        return change(fates.find(block.hash()).orElse(made).asWhole());
    }

    private Future<Void> change(BlockRecord block) {
        fates.update(block);
        present = fates.all();
        return write(block);
    }

    private Future<Void> write(BlockRecord block) {
        return own().executeBlocking(
                        () -> {
                            files.write(block);
                            return true;
                        },
                        true)
                .<Void>mapEmpty()
                .recover(failed -> {
                    events.writeFailed(block, failed);
                    return Future.succeededFuture();
                });
    }

    private ContextInternal own() {
        return context.orElseThrow();
    }

    private void resubmit() {
        for (int i = waiting.size(); i > 0; i--) {
            BlockFound block = waiting.removeFirst();
            Optional<BlockRecord> known = fates.find(block.hash());
            if (known.isEmpty() || known.get().state() != BlockState.WAITING) {
                continue;
            }
            List<String> sent = solutions.submit(block);
            if (sent.isEmpty()) {
                waiting.addLast(block);
            } else {
                BlockRecord submitted = known.get().sentTo(sent, clock.instant());
                events.submittedLate(submitted);
                var _ = change(submitted);
            }
        }
    }

    private void tip(ChainTip tip, int height) {
        List<BlockRecord> changed = fates.onTip(tip.previousHash(), height, clock.instant());
        if (!changed.isEmpty()) {
            present = fates.all();
            for (BlockRecord block : changed) {
                events.stateChanged(block);
                stats.stateChanged(block);
                var _ = write(block);
            }
        }
    }

    /** Hands what the template providers tell to the own event loop. */
    private final class Tips implements Solutions.Observer {
        private final ContextInternal own;

        private Tips(ContextInternal own) {
            this.own = own;
        }

        @Override
        public void tip(ChainTip tip, int height) {
            own.runOnContext(later -> FoundBlocks.this.tip(tip, height));
        }

        @Override
        public void templateArrived() {
            own.runOnContext(later -> resubmit());
        }
    }
}
