package org.ehashpool.poolstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ehashpool.fixtures.TestPostgres;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.stats.StatsPublisher;
import org.ehashpool.stats.event.StatsEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service and its database are killed while a real sender tells: nothing is lost, nothing is counted twice. */
class CrashIT {
    private static final String FIRST = "0123456789abcdef".repeat(2);
    private static final String NEXT = "fedcba9876543210".repeat(2);

    @TempDir
    private Path home;

    @Test
    void shouldKeepEverythingOnceWhenServiceAndDatabaseAreKilled() throws Exception {
        EmbeddedPostgres server = TestPostgres.start(home.resolve("postgres"));
        int port = PoolStatsProcess.freePort();
        PoolStatsProcess service = PoolStatsProcess.launch(home, server.loginFor("pool_stats"), port)
                .awaitReady();
        Vertx vertx = Vertx.vertx();
        AtomicLong told = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        try (ServiceMetrics metrics = ServiceMetrics.create("pool", "0.1")) {
            StatsPublisher publisher = publisher(FIRST, port, vertx, metrics);
            publisher.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            Thread load = Thread.ofPlatform().start(() -> {
                while (!enough.get()) {
                    publisher.publish(new StatsEvent.ShareAccepted(1, told.get() % 7, 1, BigInteger.TWO));
                    told.incrementAndGet();
                    LockSupport.parkNanos(200_000);
                }
            });
            Tables tables = new Tables(server.loginFor("pool_stats"));
            for (int round = 0; round < 2; round++) {
                awaitMore(tables);
                service.kill();
                service = PoolStatsProcess.launch(home, server.loginFor("pool_stats"), port)
                        .awaitReady();
            }
            awaitMore(tables);
            killPostmaster();
            server.close();
            server = TestPostgres.start(home.resolve("postgres"));
            Tables restarted = new Tables(server.loginFor("pool_stats"));
            awaitMore(restarted);
            enough.set(true);
            load.join();
            publisher.stop().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(metrics.scrape(ServiceMetrics.TEXT_FORMAT)).contains("ehash_pool_stats_dropped 0.0");
            // What was not acknowledged in time is told by the next boot.
            StatsPublisher next = publisher(NEXT, port, vertx, metrics);
            next.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            String all = Long.toString(told.get());
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> restarted
                            .value("select coalesce(sum(accepted), 0) from sample where subject = 0")
                            .equals(all));
            assertThat(
                            restarted.value(
                                    "select count(*), count(distinct seq), sum(accepted), 2 * sum(accepted) = sum(work) from event, session where type = 'share_accepted' group by session.id"))
                    .startsWith(all + "|" + all);
            assertThat(restarted.value("select count(*) from gap where to_seq is not null"))
                    .isEqualTo("0");
            next.stop().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } finally {
            enough.set(true);
            service.close();
            server.close();
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static void awaitMore(Tables tables) {
        long before = Long.parseLong(tables.value("select coalesce(max(last_seq), 0) from boot"));
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        Long.parseLong(tables.value("select coalesce(max(last_seq), 0) from boot")) > before + 1_000);
    }

    private void killPostmaster() throws Exception {
        try (var files = Files.walk(home.resolve("postgres"))) {
            Path pid = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            long number = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
            ProcessHandle.of(number).orElseThrow().destroyForcibly();
        }
    }

    private StatsPublisher publisher(String bootId, int port, Vertx vertx, ServiceMetrics metrics) {
        return TellingMain.publisher(port, bootId, home.resolve("spool"), new ByteSize(256 << 20), vertx, metrics);
    }
}
