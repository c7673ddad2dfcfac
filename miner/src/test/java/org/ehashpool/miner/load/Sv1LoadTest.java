package org.ehashpool.miner.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.miner.sv1.Sv1TestPool;
import org.ehashpool.miner.upstream.MinerPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The load over Stratum V1, against a server that hashes what it is sent. */
class Sv1LoadTest {
    /** Every hash is a share. */
    private static final double EASIEST = 1e-10;

    private final MinerPlatform platform = new MinerPlatform(new SecureRandom(), 16);

    @AfterEach
    void stop() {
        platform.close();
    }

    private JsonNode run(Sv1TestPool server, double rate, boolean jobs, Runnable eachSecond) throws Exception {
        LoadPlan plan = new LoadPlan(
                new LoadPool.Sv1(server.url(), "load \"1\"", "x"), 20, rate, 500, Duration.ofSeconds(2), 0, 100, jobs);
        LoadReport report = new LoadRun(
                        platform, plan, System::nanoTime, System::nanoTime, () -> false, line -> eachSecond.run())
                .run();
        return new ObjectMapper().readTree(report.json());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSubmitAtTheRateAndCountEveryAnswer(boolean versionRolling) throws Exception {
        try (Sv1TestPool server = new Sv1TestPool(EASIEST)) {
            server.offerVersionRolling(versionRolling);
            JsonNode json = run(server, 1_000, false, () -> {});

            long submitted = json.path("shares_submitted").asLong();
            assertThat(server.rejected()).isEmpty();
            assertThat(submitted).isBetween(1_900L, 2_200L);
            assertThat(json.path("shares_accepted").asLong())
                    .isEqualTo(submitted)
                    .isEqualTo(server.accepted());
            assertThat(json.path("shares_unanswered").asLong()).isZero();
            assertThat(json.path("connections").asInt()).isEqualTo(20);
            assertThat(json.path("channels").asInt()).isEqualTo(20);
            assertThat(json.path("connections_lost").asInt()).isZero();
            assertThat(json.path("latency_us").path("p50").asLong()).isPositive();
        }
    }

    @Test
    void shouldSearchAheadAndMeasureTheSpreadOfJobs() throws Exception {
        // One hash of about 43 is a share.
        try (Sv1TestPool server = new Sv1TestPool(1e-8)) {
            AtomicInteger changes = new AtomicInteger();
            JsonNode json = run(server, 300, true, () -> server.newJob(changes.getAndIncrement() % 2 == 0));

            assertThat(server.rejected().keySet()).isSubsetOf("Job not found");
            assertThat(json.path("shares_accepted").asLong()
                            + json.path("shares_rejected").asLong())
                    .isEqualTo(json.path("shares_submitted").asLong())
                    .isBetween(500L, 700L);
            JsonNode waves = json.path("jobs");
            assertThat(waves.path("previous_hash").path("waves").asInt()
                            + waves.path("job").path("waves").asInt())
                    .isPositive();
            assertThat(waves.path("previous_hash").path("receipts").asInt()
                            + waves.path("job").path("receipts").asInt())
                    .isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void shouldReportWhyLoginsWereRefused() throws Exception {
        try (Sv1TestPool server = new Sv1TestPool(EASIEST)) {
            server.refuseUsers();
            JsonNode json = run(server, 10, false, () -> {});

            assertThat(json.path("channels").asInt()).isZero();
            assertThat(json.path("open_failures").properties()).singleElement().satisfies(failure -> {
                assertThat(failure.getKey()).startsWith("mining.authorize");
                assertThat(failure.getValue().asInt()).isEqualTo(20);
            });
            assertThat(json.path("shares_submitted").asLong()).isZero();
        }
    }
}
