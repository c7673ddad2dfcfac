package org.ehashpool.templateprovider.block;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.kit.bitcoin.BitcoinNode;
import org.ehashpool.kit.bitcoin.RpcException;
import org.ehashpool.kit.bitcoin.RpcFailure;
import org.ehashpool.kit.service.Component;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.block.BlockRecord.Outcome;
import org.ehashpool.templateprovider.event.TemplateProviderEvents;
import org.jspecify.annotations.Nullable;

/**
 * Brings blocks to the node. A block is on its way before it is written to a file, logged or counted. While the node is
 * away it is tried again for a bounded time; what is left then is tried at the next start. Thread-safe.
 */
public final class BlockSubmitter implements Component {
    private static final int REMEMBERED = 256;
    private static final int MAXIMUM_PENDING = 16;
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** BIP 22, and Bitcoin Core: it has the block, though it may not be the best. */
    private static final Set<String> HAS_IT = Set.of("duplicate", "inconclusive", "duplicate-inconclusive");

    private final Vertx vertx;
    private final InstantSource clock;
    private final Supplier<BitcoinNode> nodes;
    private final BlockFiles files;
    private final Settings settings;
    private final Function<String, Counter> outcomes;
    private final Map<U256, BlockRecord> records = new LinkedHashMap<>();
    private final Map<U256, Future<Outcome>> pending = new LinkedHashMap<>();
    private volatile @Nullable BitcoinNode opened;
    private volatile boolean stopping;

    /**
     * What the operator decides.
     *
     * @param directory where blocks are kept until the node has them
     * @param retryFor how long a block is tried when the node is away
     * @param retryDelay between attempts
     */
    public record Settings(Path directory, Duration retryFor, Duration retryDelay) {}

    /**
     * Submits nothing yet.
     *
     * @param nodes called at the start; with connections of its own, so that no long poll is in the way
     * @param outcomes counters by outcome
     */
    public BlockSubmitter(
            Vertx vertx,
            InstantSource clock,
            Supplier<BitcoinNode> nodes,
            Settings settings,
            Function<String, Counter> outcomes) {
        this.vertx = vertx;
        this.clock = clock;
        this.nodes = nodes;
        this.settings = settings;
        this.outcomes = outcomes;
        files = new BlockFiles(settings.directory());
    }

    @Override
    public String name() {
        return "blocks";
    }

    /** Tries what an earlier run left; does not wait for it. */
    @Override
    public Future<Void> start() {
        opened = nodes.get();
        return vertx.executeBlocking(files::left).map(left -> {
            List<U256> hashes = Objects.requireNonNull(left);
            if (!hashes.isEmpty()) {
                TemplateProviderEvents.blocksLeft(hashes.size());
                hashes.forEach(this::submitFile);
            }
            return null;
        });
    }

    private void submitFile(U256 hash) {
        Attempts attempts = new Attempts(new BlockRecord(hash, 0, 0, clock.instant(), Outcome.PENDING, "", 0));
        if (register(attempts)) {
            vertx.executeBlocking(() -> files.read(hash))
                    .onSuccess(block -> attempts.attempt(Objects.requireNonNull(block)))
                    .onFailure(cause -> {
                        TemplateProviderEvents.blockFileFailed(files.file(hash), cause);
                        attempts.end(Outcome.UNDELIVERED, "the file cannot be read");
                    });
        }
    }

    /**
     * Submits a block. One that was submitted before is not submitted again.
     *
     * @param connection whose it is, for the log
     * @return never fails
     */
    public Future<Outcome> submit(Solution.Solved solved, long connection) {
        U256 hash = solved.hash();
        int height = solved.template().draft().height();
        Attempts attempts = new Attempts(
                new BlockRecord(hash, height, solved.template().id(), clock.instant(), Outcome.PENDING, "", 0));
        if (!register(attempts)) {
            return outcome(hash);
        }
        return vertx.executeBlocking(solved::block, false).compose(assembled -> {
            Bytes block = Objects.requireNonNull(assembled);
            attempts.attempt(block);
            TemplateProviderEvents.blockFound(hash, height, solved.template().id(), connection);
            attempts.keep(block);
            return attempts.done.future();
        });
    }

    private synchronized boolean register(Attempts attempts) {
        BlockRecord record = attempts.record;
        if (records.containsKey(record.hash())) {
            return false;
        }
        records.put(record.hash(), record);
        pending.put(record.hash(), attempts.done.future());
        var oldest = records.values().iterator();
        while (records.size() > REMEMBERED && oldest.hasNext()) {
            if (oldest.next().outcome() != Outcome.PENDING) {
                oldest.remove();
            }
        }
        return true;
    }

    private synchronized Future<Outcome> outcome(U256 hash) {
        Future<Outcome> running = pending.get(hash);
        BlockRecord record = records.get(hash);
        return running != null ? running : Future.succeededFuture(record == null ? Outcome.PENDING : record.outcome());
    }

    private synchronized void remember(BlockRecord record) {
        records.put(record.hash(), record);
        if (record.outcome() != Outcome.PENDING) {
            pending.remove(record.hash());
        }
    }

    /** One block's way to the node. */
    private final class Attempts {
        private final Promise<Outcome> done = Promise.promise();
        private final long begin = clock.millis();
        private volatile BlockRecord record;
        private volatile Future<Void> kept = Future.succeededFuture();

        private Attempts(BlockRecord record) {
            this.record = record;
        }

        private void attempt(Bytes block) {
            Objects.requireNonNull(opened, "started").submit(block).onComplete(answer -> {
                if (answer.succeeded()) {
                    answered(answer.result());
                } else {
                    failed(block, RpcException.failureOf(answer.cause()));
                }
            });
        }

        private void keep(Bytes block) {
            kept = vertx.executeBlocking(() -> {
                        files.keep(record.hash(), block);
                        return null;
                    })
                    .<Void>mapEmpty()
                    .recover(this::fileFailed);
        }

        private Future<Void> fileFailed(Throwable cause) {
            TemplateProviderEvents.blockFileFailed(files.file(record.hash()), cause);
            return Future.succeededFuture();
        }

        private void answered(Optional<String> words) {
            long millis = clock.millis() - begin;
            U256 hash = record.hash();
            if (words.isEmpty() || HAS_IT.contains(words.get())) {
                TemplateProviderEvents.blockAccepted(hash, record.height(), words.orElse("accepted"), millis);
                afterKept(() -> files.forget(hash));
                end(Outcome.ACCEPTED, words.orElse("accepted"));
            } else {
                TemplateProviderEvents.blockRejected(hash, record.height(), words.get());
                afterKept(() -> files.reject(hash));
                end(Outcome.REJECTED, words.get());
            }
        }

        private void failed(Bytes block, RpcFailure failure) {
            boolean late = clock.millis() - begin >= settings.retryFor().toMillis();
            if (late || stopping) {
                TemplateProviderEvents.blockGivenUp(record.hash(), record.height(), failure.words());
                end(Outcome.UNDELIVERED, failure.words());
                return;
            }
            if (record.attempts() == 0) {
                TemplateProviderEvents.blockDelayed(record.hash(), record.height(), failure.words());
            }
            record = record.with(Outcome.PENDING, failure.words(), record.attempts() + 1);
            remember(record);
            vertx.setTimer(Math.max(1, settings.retryDelay().toMillis()), again -> attempt(block));
        }

        /** The file is moved or deleted after it was written, however fast the node was. */
        private void afterKept(FileStep step) {
            kept.onComplete(written -> vertx.executeBlocking(() -> {
                        step.run();
                        return null;
                    })
                    .onFailure(cause -> TemplateProviderEvents.blockFileFailed(files.file(record.hash()), cause)));
        }

        private void end(Outcome outcome, String words) {
            record = record.with(outcome, words, record.attempts() + 1);
            remember(record);
            outcomes.apply(outcome.label()).increment();
            done.complete(outcome);
        }
    }

    private interface FileStep {
        void run() throws IOException;
    }

    /** Whether so many blocks are on their way that no more should be taken before one arrives. */
    public synchronized boolean isBusy() {
        return pending.size() >= MAXIMUM_PENDING;
    }

    /** The blocks found last, the newest first. */
    public synchronized List<BlockRecord> records() {
        return new ArrayList<>(records.values()).reversed();
    }

    /** Gives blocks that are on their way a moment; those that do not arrive are in their files. */
    @Override
    public Future<Void> stop() {
        List<Future<Outcome>> running;
        synchronized (this) {
            stopping = true;
            running = List.copyOf(pending.values());
        }
        Promise<Void> patience = Promise.promise();
        long timer = vertx.setTimer(GRACE.toMillis(), late -> patience.tryComplete());
        Future.join(running).onComplete(all -> patience.tryComplete());
        return patience.future().eventually(() -> {
            vertx.cancelTimer(timer);
            BitcoinNode node = opened;
            return node == null ? Future.<Void>succeededFuture() : node.close();
        });
    }
}
