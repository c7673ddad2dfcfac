package org.ehashpool.miner.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.miner.sv2.ChannelPlan;
import org.ehashpool.miner.upstream.MinerPlatform;
import org.ehashpool.miner.upstream.TestPool;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.server.ChannelError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadRunTest {
    private final MinerPlatform platform = new MinerPlatform(new SecureRandom(), 64);
    private TestPool pool = new TestPool(platform, Target.EASIEST, TestPool.HARD);

    @AfterEach
    void stop() {
        pool.close();
        platform.close();
    }

    private LoadPlan plan(boolean standard, double rate, int sources, boolean jobs) {
        return plan(standard, rate, sources, jobs, List.of());
    }

    private LoadPlan plan(boolean standard, double rate, int sources, boolean jobs, List<String> users) {
        return new LoadPlan(
                new LoadPool.Sv2(
                        pool.url(),
                        new ChannelPlan(standard, false, 2, "load", Optional.empty(), Target.EASIEST, 4),
                        users),
                5,
                rate,
                500,
                Duration.ofSeconds(2),
                sources,
                LoadPlan.WIDEST_WINDOW,
                jobs);
    }

    private JsonNode run(LoadPlan plan, Runnable eachSecond) throws Exception {
        LoadReport report = new LoadRun(
                        platform, plan, System::nanoTime, System::nanoTime, () -> false, line -> eachSecond.run())
                .run();
        return new ObjectMapper().readTree(report.json());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSubmitAtTheRateAndCountEveryAnswer(boolean standard) throws Exception {
        JsonNode json = run(plan(standard, 1_000, 2, false), () -> {});

        long submitted = json.path("shares_submitted").asLong();
        assertThat(submitted).isBetween(1_900L, 2_200L);
        assertThat(json.path("shares_accepted").asLong()).isEqualTo(submitted).isEqualTo(pool.accepted());
        assertThat(json.path("shares_rejected").asLong()).isZero();
        assertThat(json.path("shares_unanswered").asLong()).isZero();
        assertThat(json.path("connections").asInt()).isEqualTo(5);
        assertThat(json.path("channels").asInt()).isEqualTo(10);
        assertThat(json.path("latency_us").path("p50").asLong()).isPositive();
        assertThat(json.path("latency_us").path("max").asLong())
                .isGreaterThanOrEqualTo(json.path("latency_us").path("p99_9").asLong());
        assertThat(pool.rejected()).isEmpty();
    }

    @Test
    void shouldSubmitNothingButValidSharesWhenJobsChange() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        JsonNode json = run(plan(false, 500, 0, true), () -> {
            // The first lines come while connecting: jobs change while shares are submitted.
            pool.newJob();
            pool.newTip();
            changes.incrementAndGet();
        });

        assertThat(pool.rejected().keySet()).isSubsetOf("stale-share");
        assertThat(json.path("shares_accepted").asLong()
                        + json.path("shares_rejected").asLong())
                .isEqualTo(json.path("shares_submitted").asLong());
        assertThat(changes.get()).isGreaterThanOrEqualTo(2);
        assertThat(json.path("jobs").path("job").path("waves").asLong()).isPositive();
        assertThat(json.path("jobs").path("previous_hash").path("waves").asLong())
                .isPositive();
        assertThat(json.path("jobs").path("previous_hash").path("receipts").asLong())
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void shouldPayUsersInTurnOverAllConnections() throws Exception {
        run(plan(false, 10, 0, false, List.of("alice", "bob", "carol")), () -> {});

        assertThat(pool.users()).hasSize(10);
        assertThat(Collections.frequency(pool.users(), "alice")).isEqualTo(4);
        assertThat(Collections.frequency(pool.users(), "bob")).isEqualTo(3);
        assertThat(Collections.frequency(pool.users(), "carol")).isEqualTo(3);
    }

    @Test
    void shouldSearchAheadWhenTheTargetIsHarder() throws Exception {
        pool.close();
        pool = new TestPool(platform, Target.ofExpectedHashes(50), TestPool.HARD);
        JsonNode json = run(plan(false, 300, 0, false), () -> {});

        assertThat(json.path("shares_accepted").asLong()).isBetween(500L, 700L);
        assertThat(pool.rejected()).isEmpty();
    }

    @Test
    void shouldReportWhyChannelsWereRefused() throws Exception {
        pool.refuseChannels(ChannelError.UNKNOWN_USER);
        JsonNode json = run(plan(false, 10, 0, false), () -> {});

        assertThat(json.path("channels").asInt()).isZero();
        assertThat(json.path("open_failures").path("unknown-user").asInt()).isEqualTo(10);
        assertThat(json.path("shares_submitted").asLong()).isZero();
    }
}
