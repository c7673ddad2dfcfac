package org.ehashpool.miner.sv1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.ehashpool.kit.sv2.upstream.ReconnectSettings;
import org.ehashpool.miner.hashing.HashThreads;
import org.ehashpool.miner.status.MinerReport;
import org.ehashpool.miner.upstream.MinerPlatform;
import org.ehashpool.miner.upstream.Workshop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sv1MinerTest {
    /** 21,475 hashes. */
    private static final double EASY = 5e-6;

    private static final ReconnectSettings FAST = new ReconnectSettings(
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(100));

    private final MinerPlatform platform = new MinerPlatform(new SecureRandom(), 4);
    private final Workshop workshop = Workshop.open();
    private final HashThreads threads = new HashThreads(1, OptionalDouble.of(1e6), workshop.board(), workshop.found());
    private final Sv1TestPool pool;
    private Optional<Sv1Miner> miner = Optional.empty();

    Sv1MinerTest() throws IOException {
        pool = new Sv1TestPool(EASY);
    }

    @BeforeEach
    void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() throws Exception {
        if (miner.isPresent()) {
            miner.get().stop().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        threads.close();
        pool.close();
        platform.close();
    }

    private void mine(Sv1Url... urls) {
        Sv1Settings settings = Sv1Settings.of(Arrays.asList(urls), "tester/1", "alice", "secret")
                .withDelays(FAST, Duration.ofSeconds(1), Duration.ofSeconds(30));
        Sv1Miner made = new Sv1Miner(platform.vertx(), settings, workshop, new Random(1), System::nanoTime);
        miner = Optional.of(made);
        made.start();
    }

    private MinerReport report() {
        return workshop.tally().report(1, threads.hashes(), 0);
    }

    private void awaitMore(int count) {
        int before = pool.accepted.get();
        await().until(() -> pool.accepted.get() >= before + count);
    }

    private Optional<JsonNode> request(String method) {
        return pool.requests.stream()
                .filter(request -> request.path("method").asText().equals(method))
                .findFirst();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldMineAcceptedSharesWithAndWithoutVersionRolling(boolean versionRolling) {
        pool.versionRolling = versionRolling;
        mine(pool.url());
        awaitMore(20);

        await().until(() -> report().accepted() >= 20);
        assertThat(pool.rejected()).isEmpty();
        assertThat(report().rejections()).isEmpty();
        assertThat(request("mining.authorize").orElseThrow().path("params").toString())
                .isEqualTo("[\"alice\",\"secret\"]");
        assertThat(request("mining.submit").orElseThrow().path("params").path(0).asText())
                .isEqualTo("alice");
    }

    @Test
    void shouldFollowJobs() {
        mine(pool.url());
        awaitMore(3);
        for (int i = 0; i < 4; i++) {
            pool.newJob(i % 2 == 0);
            awaitMore(3);
        }
        assertThat(pool.rejected().keySet()).isSubsetOf("Job not found");
        assertThat(request("mining.submit")).isPresent();
    }

    @Test
    void shouldMeetAHarderDifficultyAtOnceAndAnEasierOneWithTheNextJob() {
        mine(pool.url());
        awaitMore(10);
        pool.setDifficulty(2 * EASY);
        await().until(() -> report().difficulty() > 1.9 * EASY);
        awaitMore(10);
        // What was on its way when the difficulty rose, and no more.
        int crossed = pool.rejected().getOrDefault("Low difficulty", 0);
        awaitMore(10);
        assertThat(pool.rejected().getOrDefault("Low difficulty", 0)).isEqualTo(crossed);
        assertThat(pool.rejected().keySet()).isSubsetOf("Low difficulty");

        pool.setDifficulty(EASY);
        pool.newJob(false);
        awaitMore(10);
        assertThat(pool.rejected().keySet()).isSubsetOf("Low difficulty");
    }

    @Test
    void shouldTellWhyTheServerRefusesTheUser() {
        pool.knowsUser = false;
        mine(pool.url());

        await().until(() -> report().state().contains("the pool does not know the user"));
        assertThat(workshop.tally().everOpened()).isFalse();
        await().until(() -> pool.connections.get() > 2);
    }

    @Test
    void shouldConnectAgainWhenTheServerHangsUp() {
        mine(pool.url());
        awaitMore(3);
        pool.hangUp();
        await().until(() -> pool.connections.get() == 2);
        awaitMore(3);

        assertThat(pool.rejected()).isEmpty();
    }

    @Test
    void shouldFollowAnotherPortOfTheSameHostAndNoOtherHost() throws IOException {
        try (Sv1TestPool other = new Sv1TestPool(EASY)) {
            mine(pool.url());
            awaitMore(3);
            pool.say("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"evil.example\",1,0]}");
            pool.say("{\"id\":null,\"method\":\"client.show_message\",\"params\":[\"moving\\u001b[2J\"]}");
            pool.say("{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"\","
                    + other.url().port() + ",0]}");

            await().until(() -> other.accepted.get() >= 3);
            assertThat(report().state()).isEqualTo("connected to " + other.url());
            assertThat(pool.connections.get()).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerWhatTheServerAsks() {
        mine(pool.url());
        awaitMore(1);
        pool.say("{\"id\":77,\"method\":\"client.get_version\",\"params\":[]}");
        pool.say("{\"id\":78,\"method\":\"client.dance\",\"params\":[]}");
        pool.say("{\"id\":null,\"method\":\"mining.set_goal\",\"params\":[\"x\"]}");

        await().until(() -> pool.requests.stream()
                .anyMatch(answer -> answer.path("id").asInt() == 77
                        && answer.path("result").asText().equals("tester/1")));
        await().until(() -> pool.requests.stream()
                .anyMatch(answer -> answer.path("id").asInt() == 78
                        && answer.path("error").path(1).asText().equals("unknown method")));
        awaitMore(3);
        assertThat(pool.connections.get()).isEqualTo(1);
    }

    /** Each makes the miner leave, say why, and come again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json at all",
                "[1,2,3]",
                "42",
                "{\"id\":1}{\"id\":2}",
                "{\"id\":\"one\",\"result\":true}",
                "{\"method\":7,\"params\":[]}",
                "{\"method\":\"mining.notify\",\"params\":[]}",
                "{\"method\":\"mining.notify\",\"params\":{\"job\":1}}",
                "{\"method\":\"mining.notify\",\"params\":[1,2,3,4,5,6,7,8,9]}",
                "{\"method\":\"mining.notify\",\"params\":[\"j\",\"00\",\"01000000\",\"00000000\",[],\"20000000\",\"1d00ffff\",\"60000000\",true]}",
                "{\"method\":\"mining.notify\",\"params\":[\"j\",\"ZERO\",\"01000000\",\"00000000\",[],\"20000000\",\"1d00ffff\",\"60000000\",true]}",
                "{\"method\":\"mining.notify\",\"params\":[\"j\",\"HASH\",\"01\",\"00000000\",[],\"20000000\",\"1d00ffff\",\"60000000\",true]}",
                "{\"method\":\"mining.notify\",\"params\":[\"j\",\"HASH\",\"0100000\",\"00000000\",[],\"20000000\",\"1d00ffff\",\"60000000\",true]}",
                "{\"method\":\"mining.notify\",\"params\":[\"j\",\"HASH\",\"01000000\",\"00000000\",[\"aa\"],\"20000000\",\"1d00ffff\",\"60000000\",true]}",
                "{\"method\":\"mining.notify\",\"params\":[\"j\",\"HASH\",\"01000000\",\"00000000\",[],\"version\",\"1d00ffff\",\"60000000\",true]}",
                "{\"method\":\"mining.notify\",\"params\":[\"j\",\"HASH\",\"01000000\",\"00000000\",[],\"20000000\",\"ff800000\",\"60000000\",true]}",
                "{\"method\":\"mining.set_difficulty\",\"params\":[]}",
                "{\"method\":\"mining.set_difficulty\",\"params\":[-1]}",
                "{\"method\":\"mining.set_difficulty\",\"params\":[\"NaN\"]}",
                "{\"method\":\"mining.set_extranonce\",\"params\":[\"00\",99]}",
                "{\"method\":\"mining.set_extranonce\",\"params\":[7,4]}",
                "{\"method\":\"mining.set_version_mask\",\"params\":[\"123456789\"]}",
                "{\"method\":\"client.reconnect\",\"params\":[\"x\",99999]}",
                "NESTED",
                "LONG"
            })
    void shouldLeaveAServerThatBreaksTheProtocol(String line) {
        String sent =
                switch (line) {
                    case "NESTED" -> "[".repeat(50_000);
                    case "LONG" -> "{\"id\":1,\"result\":\"" + "x".repeat(300_000) + "\"}";
                    case String other -> other.replace("HASH", "00".repeat(32)).replace("ZERO", "zz".repeat(32));
                };
        pool.afterSubscribe = sent;
        mine(pool.url());

        await().until(() -> report().state().contains("the pool sent "));
        await().until(() -> pool.connections.get() >= 2);
        pool.afterSubscribe = "";
        awaitMore(1);
    }

    @Test
    void shouldLeaveAServerThatNeverAnswers() throws IOException {
        pool.afterSubscribe = "{\"method\":\"mining.set_difficulty\",\"params\":[1]}";
        try (ServerSocket silent = new ServerSocket(0, 4, pool.address())) {
            mine(new Sv1Url("127.0.0.1", silent.getLocalPort()), pool.url());
            awaitMore(1);
        }
    }

    @Test
    void shouldReadUrls() {
        assertThat(Sv1Url.parse("stratum+tcp://pool.example:3333")).isEqualTo(new Sv1Url("pool.example", 3333));
        assertThat(Sv1Url.parse("stratum+tcp://[::1]:3333")).isEqualTo(new Sv1Url("::1", 3333));
        for (String wrong : List.of("stratum+tcp://x", "http://x:1", "stratum+tcp://x:0", "stratum+tcp://x:70000")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Sv1Url.parse(wrong));
        }
    }
}
