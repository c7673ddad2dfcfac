package org.ehashpool.poolstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ehashpool.fixtures.TestPostgres;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.metrics.ServiceMetrics;
import org.ehashpool.kit.postgres.embedded.EmbeddedPostgres;
import org.ehashpool.kit.stats.StatsPublisher;
import org.ehashpool.stats.event.StatsEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders are killed, or have to do without the service: what is missing is said. */
class OutageIT {
    private static final String FIRST = "0123456789abcdef".repeat(2);
    /** 11 MB on the wire: more than two sockets and the spool of one MiB take. */
    private static final int EVENTS = 80_000;

    @TempDir
    private Path home;

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedPostgres server;
    private PoolStatsProcess service;
    private Tables tables;
    private int port;

    @BeforeEach
    void start() throws Exception {
        server = TestPostgres.start(home.resolve("postgres"));
        port = PoolStatsProcess.freePort();
        service = PoolStatsProcess.launch(home, server.loginFor("pool_stats"), port)
                .awaitReady();
        tables = new Tables(server.loginFor("pool_stats"));
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldKeepWhatKilledSendersHadWrittenOnceAndNoteTheUnknownEnd() throws Exception {
        Path spool = home.resolve("spool");
        for (int boot = 1; boot <= 3; boot++) {
            Process sender = telling(Integer.toString(boot).repeat(32), spool);
            try {
                long before = kept();
                await().atMost(Duration.ofMinutes(1)).until(() -> kept() > before + 2_000);
                if (boot == 2) {
                    // What it writes from now on is sent by the next boot.
                    service.suspend();
                    Path own = spoolOf(spool, "2".repeat(32));
                    long size = size(own);
                    await().atMost(Duration.ofMinutes(1)).until(() -> size(own) > size + 100_000);
                }
            } finally {
                sender.destroyForcibly().waitFor();
                service.resume();
            }
        }
        Process last = telling("4".repeat(32), spool);
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> tables.value("select count(*) from boot where last_seq > 1000")
                            .equals("4"));
        } finally {
            last.destroyForcibly().waitFor();
        }
        // No number is left out or there twice, and every event counts.
        assertThat(tables.rows("select boot, min(seq), count(*) - max(seq), count(distinct seq) - max(seq) from event"
                        + " group by boot order by boot"))
                .containsExactly("1|1|0|0", "2|1|0|0", "3|1|0|0", "4|1|0|0");
        assertThat(tables.value("select sum(accepted) from sample where subject = 0"))
                .isEqualTo(tables.value("select count(*) from event where type = 'share_accepted'"));
        assertThat(tables.rows("select boot, to_seq from gap order by boot"))
                .containsExactly("1|null", "2|null", "3|null");
        JsonNode pool = service.json("/api/v1/services").path("services").path(0);
        assertThat(pool.path("unknown_gaps").asInt()).isEqualTo(3);
    }

    @Test
    void shouldNeverMakeTheTellerWaitWhenTheServiceIsStoppedAndItsSocketFull() throws Exception {
        try (ServiceMetrics metrics = ServiceMetrics.create("pool", "0.1")) {
            StatsPublisher publisher =
                    TellingMain.publisher(port, FIRST, home.resolve("spool"), new ByteSize(256 << 20), vertx, metrics);
            publisher.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            await().until(() -> kept() > 0);
            service.suspend();
            try {
                tellAll(publisher, metrics);
                assertThat(metrics.scrape(ServiceMetrics.TEXT_FORMAT)).contains("ehash_pool_stats_dropped 0.0");
            } finally {
                service.resume();
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> tables.value("select coalesce(sum(accepted), 0) from sample where subject = 0")
                            .equals(Integer.toString(EVENTS)));
            publisher.stop().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldShowWhatASenderHadToDropWhileTheServiceWasAway() throws Exception {
        service.kill();
        try (ServiceMetrics metrics = ServiceMetrics.create("pool", "0.1")) {
            StatsPublisher publisher =
                    TellingMain.publisher(port, FIRST, home.resolve("spool"), new ByteSize(1 << 20), vertx, metrics);
            publisher.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            tellAll(publisher, metrics);
            assertThat(size(home.resolve("spool"))).isLessThan(2 << 20);
            service = PoolStatsProcess.launch(home, server.loginFor("pool_stats"), port)
                    .awaitReady();
            await().atMost(Duration.ofMinutes(2)).until(() -> kept() > EVENTS);
            String missing = tables.value("select sum(to_seq - from_seq + 1) from gap where to_seq is not null");
            assertThat(Long.parseLong(missing)).isGreaterThan(EVENTS / 2);
            assertThat(tables.value("select " + missing + " + count(*) - max(seq) from event"))
                    .isEqualTo("0");
            assertThat(service.json("/api/v1/overview").path("missing_events").asText())
                    .isEqualTo(missing);
            assertThat(service.json("/api/v1/services")
                            .path("services")
                            .path(0)
                            .path("missing_events")
                            .asText())
                    .isEqualTo(missing);
            assertThat(service.get("/")).contains("missing");
            publisher.stop().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    /** In portions that the disk has taken before the next one comes: the queue is never full. */
    private static void tellAll(StatsPublisher publisher, ServiceMetrics metrics) {
        for (int told = 0; told < EVENTS; told += 10_000) {
            for (int i = 0; i < 10_000; i++) {
                publisher.publish(new StatsEvent.ShareAccepted(1, i % 7, 1, BigInteger.TWO));
            }
            String waiting = "ehash_pool_stats_queue 0.0";
            await().until(() -> metrics.scrape(ServiceMetrics.TEXT_FORMAT).contains(waiting));
        }
    }

    private long kept() {
        return Long.parseLong(tables.value("select coalesce(max(last_seq), 0) from boot"));
    }

    private Process telling(String bootId, Path spool) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TellingMain.class.getName(),
                        Integer.toString(port),
                        bootId,
                        spool.toString()))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("sender-" + bootId + ".log").toFile())
                .start();
    }

    private static Path spoolOf(Path spool, String bootId) throws IOException {
        try (var boots = Files.list(spool)) {
            return boots.filter(boot -> boot.toString().endsWith(bootId))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long size(Path directory) throws IOException {
        long size = 0;
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }
}
