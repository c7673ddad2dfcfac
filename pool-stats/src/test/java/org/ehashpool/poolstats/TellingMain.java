package org.ehashpool.poolstats;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.stats.StatsConfig;
import org.ehashpool.kit.stats.StatsPublisher;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.StatsMessage;

/** A sender as a process of its own, to be killed: tells of a share every fifth of a millisecond until then. */
final class TellingMain {
    private static final long PAUSE_NANOS = 200_000;

    private TellingMain() {}

    /** Arguments: port, boot id, spool. */
    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ServiceMetrics metrics = ServiceMetrics.create("pool", "0.1")) {
            StatsPublisher publisher = publisher(
                    Integer.parseInt(arguments[0]),
                    arguments[1],
                    Path.of(arguments[2]),
                    new ByteSize(256 << 20),
                    vertx,
                    metrics);
            publisher.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            for (long told = 0; !Thread.interrupted(); told++) {
                publisher.publish(new StatsEvent.ShareAccepted(1, told % 7, 1, BigInteger.TWO));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    static StatsPublisher publisher(
            int port, String bootId, Path spool, ByteSize spoolSize, Vertx vertx, ServiceMetrics metrics) {
        return new StatsPublisher(
                new StatsConfig(
                        Optional.of(URI.create("tcp://127.0.0.1:" + port)),
                        Optional.of(Secret.of(PoolStatsProcess.TOKEN)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        spoolSize,
                        16_384),
                new StatsPublisher.Given(
                        bootId,
                        spool,
                        boot -> new StatsMessage.Hello(1, 1, "pool", "a", boot, PoolStatsProcess.TOKEN, null),
                        TellingMain::identity,
                        TellingMain::identity,
                        vertx,
                        InstantSource.system(),
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
