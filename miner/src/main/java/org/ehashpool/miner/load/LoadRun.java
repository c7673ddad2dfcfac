package org.ehashpool.miner.load;

import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.ehashpool.kit.sv2.ConnectOutcome;
import org.ehashpool.kit.sv2.SetupRequest;
import org.ehashpool.kit.sv2.Sv2Client;
import org.ehashpool.kit.sv2.Sv2ClientSettings;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.CloseReason;
import org.ehashpool.miner.upstream.MinerPlatform;

/** One load from its first connection to its report; blocks the thread that runs it. */
public final class LoadRun {
    private static final int MAX_DIALLING = 256;
    private static final Duration WORK_DEADLINE = Duration.ofSeconds(60);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
    private static final float NOMINAL = 1e6f;

    private final MinerPlatform platform;
    private final LoadPlan plan;
    private final SetupRequest setup;
    private final LongSupplier nanoTime;
    private final LongSupplier cpuNanos;
    private final BooleanSupplier interrupted;
    private final Consumer<String> progress;
    private final LoadTally tally = new LoadTally();
    private final JobWaves waves;
    private final Map<EventLoop, LoadLoop> loops = new ConcurrentHashMap<>();
    private final Queue<Sv2Connection> connections = new ConcurrentLinkedQueue<>();
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
        this.setup = plan.channels().setup(MinerPlatform.self());
        this.nanoTime = nanoTime;
        this.cpuNanos = cpuNanos;
        this.interrupted = interrupted;
        this.progress = progress;
        this.waves = new JobWaves(Math.max(2, plan.connections() / 2));
    }

    /** Runs it all. */
    public LoadReport run() throws InterruptedException {
        List<Sv2Client> clients = clients();
        connect(clients);
        awaitWork();
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
        LoadReport report = LoadReport.of(
                plan,
                tally,
                new LoadReport.Measured(seconds, cpuSeconds, notSent, tally.sent.sum() - tally.answered.sum()),
                latencies,
                waves.report());
        connections.forEach(connection -> connection.close(CloseReason.SHUTDOWN));
        clients.forEach(client -> {
            var _ = client.close();
        });
        return report;
    }

    private List<Sv2Client> clients() {
        List<Sv2Client> clients = new ArrayList<>();
        if (plan.sourceAddresses() == 0) {
            clients.add(new Sv2Client(platform.environment(), "load", Sv2ClientSettings.DEFAULT));
        }
        for (int i = 1; i <= plan.sourceAddresses(); i++) {
            clients.add(new Sv2Client(
                    platform.environment(), "load-" + i, Sv2ClientSettings.DEFAULT, Optional.of("127.0.0." + i)));
        }
        return clients;
    }

    private void connect(List<Sv2Client> clients) throws InterruptedException {
        Schedule ramp = new Schedule(nanoTime.getAsLong(), plan.connectsPerSecond());
        long shown = ramp.begin();
        int dialled = 0;
        while (concluded.get() < plan.connections() && !interrupted.getAsBoolean()) {
            while (dialled < plan.connections()
                    && dialled < ramp.count(nanoTime.getAsLong())
                    && dialling.tryAcquire()) {
                dial(clients.get(dialled % clients.size()));
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

    private void dial(Sv2Client client) {
        client.connect(plan.pool(), setup)
                .onComplete(done -> {
                    dialling.release();
                    concluded.incrementAndGet();
                })
                .onSuccess(this::dialled)
                .onFailure(bug -> tally.connectFailures.add(bug.toString()));
    }

    /** On the connection's event loop. */
    private void dialled(ConnectOutcome outcome) {
        switch (outcome) {
            case ConnectOutcome.Connected(Sv2Connection connection, var timings) -> {
                tally.connected.increment();
                connections.add(connection);
                EventLoop eventLoop = ((ContextInternal) connection.context()).nettyEventLoop();
                LoadLoop loop = loops.computeIfAbsent(eventLoop, key -> new LoadLoop(key, tally, nanoTime));
                connection.context().runOnContext(begin -> {
                    var _ = new LoadConnection(connection, loop, plan.channels(), NOMINAL, waves);
                });
            }
            case ConnectOutcome.SetupRefused(long flags, String errorCode) -> tally.connectFailures.add(errorCode);
            case ConnectOutcome.ExtensionsRefused refused -> tally.connectFailures.add("extensions refused");
            case ConnectOutcome.Failed(CloseReason reason, String detail) ->
                tally.connectFailures.add(reason.label() + ": " + detail);
        }
    }

    private void awaitWork() throws InterruptedException {
        long deadline = nanoTime.getAsLong() + WORK_DEADLINE.toNanos();
        while (tally.working.sum() + tally.openFailures.total() + tally.closed.sum()
                        < tally.connected.sum() * plan.channels().channels()
                && nanoTime.getAsLong() < deadline
                && !interrupted.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        progress.accept("connections %d, channels %d, with work %d"
                .formatted(tally.connected.sum(), tally.opened.sum(), tally.working.sum()));
    }

    private void begin(long at) {
        long channels = Math.max(1, tally.opened.sum());
        for (LoadLoop loop : loops.values()) {
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
        for (LoadLoop loop : loops.values()) {
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
        for (LoadLoop loop : loops.values()) {
            CompletableFuture.runAsync(() -> all.addAll(loop.latencies()), loop.eventLoop())
                    .join();
        }
        return all;
    }
}
