package org.ehashpool.kit.stats;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.stats.spool.Spool;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MalformedMessageException;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.jspecify.annotations.Nullable;

/** Tells a statistics service what happens, and every five seconds that the service lives. */
public final class StatsPublisher implements StatsSink {
    private static final long HEARTBEAT_MILLIS = 5_000;
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final int LONGEST_DETAILS = 48 * 1024;

    /**
     * Who tells.
     *
     * @param spool directory
     * @param hello for a boot id
     * @param identity the report without details; called on any thread
     * @param report what {@code /api/v1/state} says; called on an event loop
     */
    public record Given(
            String bootId,
            Path spool,
            Function<String, StatsMessage.Hello> hello,
            Supplier<JsonObject> identity,
            Supplier<JsonObject> report,
            Vertx vertx,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            ServiceMetrics metrics) {}

    private final StatsConfig config;
    private final Given given;
    private final SpoolWriter writer;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile @Nullable Running running;
    private long timer;

    private record Running(Spool spool, StatsSender sender, Thread writing, Thread sending) {}

    /** @param config with a url */
    public StatsPublisher(StatsConfig config, Given given) {
        this.config = config;
        this.given = given;
        this.writer = new SpoolWriter(config.queue(), given.clock(), given.nanoTime());
        ServiceMetrics metrics = given.metrics();
        metrics.gauge("stats.dropped", "Events that nobody will be told", this::dropped);
        metrics.gauge("stats.queue", "Events that wait in memory for the disk", writer::waiting);
        metrics.gauge("stats.connected", "Whether the statistics service listens", () -> isConnected() ? 1 : 0);
        metrics.gauge("stats.spool.bytes", "Bytes of events that are not acknowledged", this::spoolBytes);
    }

    @Override
    public void publish(StatsEvent event) {
        writer.offer(event);
    }

    /** Opens the spool and begins; succeeds whether or not the statistics service is there. */
    public Future<Void> start() {
        return given.vertx()
                .executeBlocking(() -> {
                    Spool spool = Spool.open(
                            given.spool(), given.bootId(), config.spoolSize().bytes());
                    StatsSender sender = new StatsSender(
                            new Dialler(config.url().orElseThrow(), config.trust()),
                            spool,
                            given.bootId(),
                            given.hello(),
                            given.random());
                    Thread writing =
                            Thread.ofPlatform().daemon().name("stats-spool").start(() -> write(spool, sender));
                    Thread sending =
                            Thread.ofPlatform().daemon().name("stats-sender").start(sender::run);
                    running = new Running(spool, sender, writing, sending);
                    timer = given.vertx().setPeriodic(0, HEARTBEAT_MILLIS, id -> publish(heartbeat(report())));
                    return true;
                })
                .mapEmpty();
    }

    /** Whether nothing waits in memory for the disk. */
    boolean isIdle() {
        return writer.isIdle();
    }

    /** Whether the first heartbeat has a number. */
    boolean hasBegun() {
        return writer.numbered() > 0;
    }

    /** Says that this was the end, gives the statistics service a moment to take it, and leaves the rest on disk. */
    public Future<Void> stop() {
        Running ending = running;
        if (ending == null) {
            return Future.succeededFuture();
        }
        given.vertx().cancelTimer(timer);
        publish(heartbeat(given.identity().get().put("state", "stopped")));
        return given.vertx()
                .executeBlocking(() -> {
                    stopping.set(true);
                    ending.writing().join();
                    long end = given.nanoTime().getAsLong() + FAREWELL.toNanos();
                    while (ending.sender().isConnected()
                            && !ending.sender().isDelivered()
                            && given.nanoTime().getAsLong() < end) {
                        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
                    }
                    if (!ending.sender().isDelivered()) {
                        PublisherEvents.undelivered(ending.spool().bytes());
                    }
                    ending.sender().stop();
                    ending.sending().join();
                    ending.spool().sync();
                    ending.spool().close();
                    return true;
                })
                .mapEmpty();
    }

    private void write(Spool spool, StatsSender sender) {
        try {
            while (!(stopping.get() && writer.isIdle())) {
                if (writer.move(spool)) {
                    sender.wake();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isConnected() {
        Running present = running;
        return present != null && present.sender().isConnected();
    }

    /** For want of room in memory or on disk. */
    private long dropped() {
        Running present = running;
        return writer.dropped() + (present == null ? 0 : present.spool().droppedEvents());
    }

    private long spoolBytes() {
        Running present = running;
        return present == null ? 0 : present.spool().bytes();
    }

    private JsonObject report() {
        try {
            return given.report().get();
        } catch (RuntimeException e) {
            // A part that cannot tell of itself is no reason to seem dead.
            PublisherEvents.reportFailed(e);
            return given.identity().get();
        }
    }

    private static StatsEvent heartbeat(JsonObject report) {
        return new StatsEvent.Heartbeat(
                report.getLong("uptime_ms"),
                report.getString("version"),
                report.getString("state"),
                details(report.getJsonObject("details", new JsonObject())));
    }

    /** Empty where they would not fit a frame. */
    private static ObjectNode details(JsonObject details) {
        byte[] text = details.encode().getBytes(StandardCharsets.UTF_8);
        try {
            return text.length > LONGEST_DETAILS ? MessageJson.newObject() : MessageJson.readObject(text);
        } catch (MalformedMessageException e) {
            return MessageJson.newObject().put("unreadable", String.valueOf(e.getMessage()));
        }
    }
}
