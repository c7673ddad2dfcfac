package org.ehashpool.benchmarks.stats;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.stats.StatsConfig;
import org.ehashpool.kit.stats.StatsPublisher;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.StatsMessage;

/**
 * The service is away while a real sender, in this process, is told what happens. Its clock runs as fast as it is told, so
 * that the events are spread over the time that the outage stands for.
 */
final class StatsOutage {
    private static final int CHANNELS = 2_000;
    private static final int BATCH = 1_000;
    /** Events a second of the real clock: well below what the sender's disk thread takes. */
    private static final int PACE = 40_000;

    private final Path spool;
    private final StatsUnderLoad stats;
    private final PrintStream out;
    private final AtomicLong clock = new AtomicLong();

    StatsOutage(Path spool, StatsUnderLoad stats, PrintStream out) {
        this.spool = spool;
        this.stats = stats;
        this.out = out;
    }

    /** Returns whether nothing is missing that was not declared. */
    boolean run(int seconds, int rate) throws Exception {
        // Makes its tables.
        stats.start();
        stats.stop();
        clock.set(System.currentTimeMillis() - TimeUnit.SECONDS.toMillis(seconds));
        Vertx vertx = Vertx.vertx();
        try (ServiceMetrics metrics = ServiceMetrics.create("pool", "0.1")) {
            StatsPublisher publisher = publisher(vertx, metrics);
            await(publisher.start());
            long heapBefore = heap();
            double ownBefore = stats.read().ownSeconds();
            long told = tell(publisher, (long) seconds * rate, rate);
            await(() -> figure(metrics, "stats_spool_bytes") > 0);
            double own = stats.read().ownSeconds() - ownBefore;
            long heapAfter = heap();
            double bytes = figure(metrics, "stats_spool_bytes");
            double dropped = figure(metrics, "stats_dropped");
            out.printf(Locale.ROOT, "told while the service is away: %,d events, %d s at %,d/s%n", told, seconds, rate);
            out.printf(
                    Locale.ROOT,
                    "sender: heap %,d KiB before and %,d KiB after, spool %,.0f bytes (%.1f an event), "
                            + "turned away %,.0f, %.2f us of processor time an event%n",
                    heapBefore >> 10,
                    heapAfter >> 10,
                    bytes,
                    bytes / told,
                    dropped,
                    own * 1e6 / told);
            long began = System.nanoTime();
            StatsUnderLoad.Reading before = stats.read();
            stats.start();
            double ready = (System.nanoTime() - began) / 1e9;
            await(() -> stats.number("select coalesce(max(last_seq), 0) from boot") >= told);
            double caughtUp = (System.nanoTime() - began) / 1e9;
            StatsUnderLoad.Reading after = stats.read();
            long gaps = stats.number("select coalesce(sum(to_seq - from_seq + 1), 0)::bigint from gap");
            long kept = stats.number("select coalesce(sum(accepted), 0)::bigint from sample where subject = 0");
            out.printf(
                    Locale.ROOT,
                    "caught up %.1f s after the start, of which %.1f s until ready: %,.0f events/s; "
                            + "processor time: service %.1f s, PostgreSQL %.1f s, sender %.1f s; service's memory %,d KiB%n",
                    caughtUp,
                    ready,
                    told / (caughtUp - ready),
                    after.serviceSeconds(),
                    after.postgresSeconds() - before.postgresSeconds(),
                    after.ownSeconds() - before.ownSeconds(),
                    stats.memory());
            out.printf(Locale.ROOT, "kept %,d, declared as lost %,d%n", kept, gaps);
            await(publisher.stop());
            return kept + gaps >= told && kept <= told;
        } finally {
            await(vertx.close());
        }
    }

    private long tell(StatsPublisher publisher, long events, int rate) {
        long began = System.nanoTime();
        for (int number = 1; number <= CHANNELS; number++) {
            publisher.publish(new StatsEvent.DownstreamConnected(
                    number, "miner", "192.0.2.1:4000", "maker", "device-" + number, 0));
        }
        for (long i = 0; i < events; i++) {
            publisher.publish(new StatsEvent.ShareAccepted(1 + i % CHANNELS, 1, 1, BigInteger.valueOf(4_294_967_296L)));
            if (i % rate == rate - 1) {
                clock.addAndGet(1_000);
            }
            if (i % BATCH == 0) {
                long due = began + (i + CHANNELS) * 1_000_000_000L / PACE;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
        }
        return events;
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        while (!condition.holds()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private static void await(Future<?> done) throws Exception {
        done.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static double figure(ServiceMetrics metrics, String name) {
        return metrics.scrape(ServiceMetrics.TEXT_FORMAT)
                .lines()
                .filter(line -> line.startsWith("ehash_pool_" + name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private StatsPublisher publisher(Vertx vertx, ServiceMetrics metrics) {
        StatsConfig off = StatsConfig.off();
        InstantSource source = () -> Instant.ofEpochMilli(clock.get());
        return new StatsPublisher(
                new StatsConfig(
                        Optional.of(URI.create("tcp://127.0.0.1:" + stats.port())),
                        Optional.of(Secret.of(StatsUnderLoad.TOKEN)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        off.spoolSize(),
                        off.queue()),
                new StatsPublisher.Given(
                        "0123456789abcdef".repeat(2),
                        spool,
                        boot -> new StatsMessage.Hello(1, 1, "pool", "outage", boot, StatsUnderLoad.TOKEN, null),
                        StatsOutage::identity,
                        StatsOutage::identity,
                        vertx,
                        source,
                        System::nanoTime,
                        new Random(1),
                        metrics));
    }

    private static JsonObject identity() {
        return new JsonObject()
                .put("uptime_ms", 1)
                .put("version", "0.1")
                .put("state", "ready")
                .put("details", new JsonObject());
    }
}
