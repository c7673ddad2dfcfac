package org.ehashpool.miner.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.ehashpool.miner.upstream.MinerPlatform;

/** One load from its first connection to its report; blocks the thread that runs it. */
public final class LoadRun {
    private static final int MAX_DIALLING = 256;
    private static final Duration WORK_DEADLINE = Duration.ofSeconds(60);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final MinerPlatform platform;
    private final LoadPlan plan;
    private final LongSupplier nanoTime;
    private final LongSupplier cpuNanos;
    private final BooleanSupplier interrupted;
    private final Consumer<String> progress;
    private final JobWaves waves;
    private final Dialler.Stage stage;
    private final LoadTally tally;
    private final AtomicInteger concluded = new AtomicInteger();
    private final Semaphore dialling = new Semaphore(MAX_DIALLING);

    /**
     * @param nanoTime monotonic nanoseconds
     * @param cpuNanos CPU time of this process
     * @param interrupted whether to end early
     * @param progress takes a line a second
     */
    public LoadRun(
            MinerPlatform platform,
            LoadPlan plan,
            LongSupplier nanoTime,
            LongSupplier cpuNanos,
            BooleanSupplier interrupted,
            Consumer<String> progress) {
        this.platform = platform;
        this.plan = plan;
        this.nanoTime = nanoTime;
        this.cpuNanos = cpuNanos;
        this.interrupted = interrupted;
        this.progress = progress;
        this.waves = new JobWaves(Math.max(2, plan.connections() / 2));
        this.stage = Dialler.Stage.of(
                waves, nanoTime, plan.window(), platform.environment().clock());
        this.tally = stage.tally();
    }

    /** Runs it all. */
    public LoadReport run() throws InterruptedException {
        try (Dialler dialler = dialler()) {
            connect(dialler);
            awaitWork();
            return measure();
        }
    }

    private LoadReport measure() throws InterruptedException {
        if (plan.measureJobs()) {
            waves.watch();
        }
        long connectedAt = nanoTime.getAsLong();
        long cpu = cpuNanos.getAsLong();
        begin(connectedAt);
        awaitEnd(connectedAt);
        double seconds = (nanoTime.getAsLong() - connectedAt) / 1e9;
        double cpuSeconds = (cpuNanos.getAsLong() - cpu) / 1e9;
        long notSent = end();
        awaitAnswers();
        Latencies latencies = latencies();
        return LoadReport.of(
                plan,
                tally,
                new LoadReport.Measured(seconds, cpuSeconds, notSent, tally.sent.sum() - tally.answered.sum()),
                latencies,
                waves.report());
    }

    private Dialler dialler() {
        return switch (plan.pool()) {
            case LoadPool.Sv1 pool -> new Sv1Dialler(platform, pool, plan.sourceAddresses(), stage);
            case LoadPool.Sv2 pool -> new Sv2Dialler(platform, pool, plan.sourceAddresses(), stage);
        };
    }

    private void connect(Dialler dialler) throws InterruptedException {
        Schedule ramp = new Schedule(nanoTime.getAsLong(), plan.connectsPerSecond());
        long shown = ramp.begin();
        int dialled = 0;
        while (concluded.get() < plan.connections() && !interrupted.getAsBoolean()) {
            while (dialled < plan.connections()
                    && dialled < ramp.count(nanoTime.getAsLong())
                    && dialling.tryAcquire()) {
                dialler.dial(dialled).onComplete(done -> {
                    dialling.release();
                    concluded.incrementAndGet();
                });
                dialled++;
            }
            TimeUnit.MILLISECONDS.sleep(1);
            if (nanoTime.getAsLong() - shown >= 1_000_000_000L) {
                shown += 1_000_000_000L;
                progress.accept("connecting: %d of %d, failed %d"
                        .formatted(tally.connected.sum(), plan.connections(), tally.connectFailures.total()));
            }
        }
    }

    private void awaitWork() throws InterruptedException {
        long deadline = nanoTime.getAsLong() + WORK_DEADLINE.toNanos();
        while (tally.working.sum() + tally.openFailures.total() + tally.closed.sum()
                        < tally.connected.sum() * plan.pool().channels()
                && nanoTime.getAsLong() < deadline
                && !interrupted.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        progress.accept("connections %d, channels %d, with work %d"
                .formatted(tally.connected.sum(), tally.opened.sum(), tally.working.sum()));
    }

    private void begin(long at) {
        long channels = Math.max(1, tally.opened.sum());
        for (LoadLoop loop : stage.loops().values()) {
            loop.eventLoop()
                    .execute(() -> loop.begin(new Schedule(at, plan.sharesPerSecond() * loop.channels() / channels)));
        }
    }

    private void awaitEnd(long since) throws InterruptedException {
        long end = since + plan.time().toNanos();
        long shown = since;
        long accepted = 0;
        while (nanoTime.getAsLong() < end
                && !interrupted.getAsBoolean()
                && tally.connectionsLost.sum() < plan.connections()
                && tally.connected.sum() > 0) {
            TimeUnit.MILLISECONDS.sleep(5);
            if (nanoTime.getAsLong() - shown >= 1_000_000_000L) {
                shown += 1_000_000_000L;
                long now = tally.accepted.sum();
                progress.accept("submitted %d  accepted %d (%d/s)  rejected %d  unanswered %d  connections lost %d"
                        .formatted(
                                tally.sent.sum(),
                                now,
                                now - accepted,
                                tally.rejections.total(),
                                tally.sent.sum() - tally.answered.sum(),
                                tally.connectionsLost.sum()));
                accepted = now;
            }
        }
    }

    private long end() {
        long notSent = 0;
        for (LoadLoop loop : stage.loops().values()) {
            notSent +=
                    CompletableFuture.supplyAsync(loop::end, loop.eventLoop()).join();
        }
        return notSent;
    }

    private void awaitAnswers() throws InterruptedException {
        long deadline = nanoTime.getAsLong() + LAST_ANSWERS.toNanos();
        while (tally.answered.sum() < tally.sent.sum()
                && nanoTime.getAsLong() < deadline
                && tally.connectionsLost.sum() < tally.connected.sum()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private Latencies latencies() {
        Latencies all = new Latencies();
        for (LoadLoop loop : stage.loops().values()) {
            CompletableFuture.runAsync(() -> all.addAll(loop.latencies()), loop.eventLoop())
                    .join();
        }
        return all;
    }
}
